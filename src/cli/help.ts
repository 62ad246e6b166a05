export const HELP = `interleave: see how a Python program runs concurrently.

  interleave run [OPTIONS] FILE [-- ARGUMENTS...]   run a program and report what ran and what waited
  interleave report TRACE [--json FILE]             the same report of a saved trace
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
  --out TRACE          keep the recording as a file
  --json FILE          write the report as JSON to FILE; - means stdout

The program's input and output pass through untouched; the report follows on stderr.
Exit status: the program's own (128 + number for a signal); 124 when --timeout ended it; 2 for wrong use;
125 when Interleave could not run it, or failed itself.
`;
