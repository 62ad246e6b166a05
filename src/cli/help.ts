export const HELP = `interleave: see how a Python program runs concurrently.

  interleave run [OPTIONS] FILE [-- ARGUMENTS...]   run a program and report what ran, what waited, what is wrong
  interleave report TRACE [--json FILE] [...]       the same of a saved trace; takes --fail-on and --sarif as well
  interleave confirm TRACE FINDING [OPTIONS]        run the program again, held where a finding says, to see it happen
  interleave compare [OPTIONS] FILE                 run a function in each mode and say which one its work needs
  interleave scaling [OPTIONS] FILE                 run a function with 1, 2, 4 … workers and say how far that helps
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

Options of compare:
  --function NAME      the function of FILE to call
  --inputs EXPRESSION  a Python expression with one item for each call, e.g. "range(8)"
  --workers N          number of workers (default: the number of cores)
  --modes MODES        of sequential, thread, async, process, interpreter, separated by commas (default: all);
                       sequential is run in any case, as what the others are measured by
  --repeat N           how often each mode is run, all of them in turn (default: 3)
  --python PATH        the Python to run it; several times for several of them
  --timeout SECONDS    end a run after this time
  --json FILE          write the comparison as JSON to FILE; - means stdout
What the function prints is not shown.

Options of scaling: --function, --inputs, --repeat, --python, --timeout, --json as for compare;
  --mode MODE          thread (default), async, process or interpreter
  --max N              the most workers (default: twice the number of cores, at least 4)

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
0 when it was not reproduced. Of compare: 0; 1 when no other mode than sequential could be run; 130 after
Ctrl+C. Of lint: 0 when nothing was found, 1 when something was.
`;
