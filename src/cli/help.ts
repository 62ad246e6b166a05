export const HELP = `interleave: see how a Python program runs concurrently.

  interleave run [OPTIONS] FILE [-- ARGUMENTS...]   run a program and report what ran, what waited, what is wrong
  interleave report TRACE [--json FILE] [...]       the same of a saved trace; takes --fail-on and --sarif as well
  interleave confirm TRACE FINDING [OPTIONS]        run the program again, held where a finding says, to see it happen
  interleave lint [OPTIONS] PATHS...                look for misuse of locks, threads, tasks and processes, running nothing
  interleave dump TRACE                             all records of a saved trace as lines of text
  interleave export TRACE --to FORMAT FILE          a saved trace as perfetto, svg, html or csv

Options of run:
  --mode MODE          as-written (default), or for a function: sequential, thread, async, process, interpreter
  --function NAME      the function of FILE to call; needs --inputs
  --inputs EXPRESSION  a Python expression with one item for each call, e.g. "range(8)"
  --workers N          number of workers (default: the number of cores)
  --python PATH        the Python that runs the program (default: python3 or python on PATH)
  --timeout SECONDS    end the program and all that it started after this time
  --no-spans           do not record functions, only units and waits
  --lines              record when each line ran
  --race, --no-race    record accesses to shared variables, to find data races (default: for files up to 2,000 lines)
  --fail-on SEVERITY   error or warning: exit with status 70 when such a finding, or a graver one, was made
  --sarif FILE         write the findings as SARIF 2.1.0 to FILE; - means stdout
  --out TRACE          keep the recording as a file
  --json FILE          write the report as JSON to FILE; - means stdout

Options of confirm: --python, --timeout, --out, --json. FINDING is its number in the report, or its rule.

Options of lint:
  --fix                apply all safe fixes
  --select RULES       these rules only: ids, names or groups, separated by commas; ALL, DEFAULT
  --ignore RULES       all but these
  --json FILE          write the findings as JSON to FILE; - means stdout
  --sarif FILE         the same as SARIF 2.1.0

The program's input and output pass through untouched; the report follows on stderr.
Exit status: the program's own (128 + number for a signal); 124 when --timeout ended it; 70 when
--fail-on found something, which goes before both; 2 for wrong use;
125 when Interleave could not run it, or failed itself. Of confirm: 70 when the finding was confirmed,
0 when it was not reproduced. Of lint: 0 when nothing was found, 1 when something was.
`;
