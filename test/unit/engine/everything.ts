/** A drawing with each kind of unit and record: threads, tasks, jobs, a forked and a spawned child, a subinterpreter. */
export const EVERYTHING = `
   0 100.0 process_begin P how=program parent=1
   0 100.0 thread_begin Main tid=100 flags=1
   1 100.0 object L op=threading.Lock name="the lock of the whole program" site=prog.py:1@<module>
   2 100.0 object Q op=queue.Queue.get name="queue" site=prog.py:2@<module>
   5 100.0 thread_create W name="worker" site=prog.py:3@main
  10 100.1 thread_begin W tid=101 site=prog.py:20@work
  11 100.1 enter 0 site=prog.py:20@work
  12 100.1 acquire L op=threading.Lock site=prog.py:21@work
  20 100.0 wait L op=threading.Lock holder=W site=prog.py:5@main
  30 100.1 release L op=threading.Lock site=prog.py:22@work
  31 100.0 got L op=threading.Lock by=W
  32 100.1 leave 0 site=prog.py:20@work outcome=failed
  33 100.1 thread_end W outcome=failed
  35 100.0 release L op=threading.Lock
  36 100.0 wait W op=threading.Thread.join site=prog.py:7@main
  37 100.0 got W op=threading.Thread.join
  40 100.0 process_create F pid=200 site=prog.py:9@main
  41 200.7 process_begin P2 how=fork parent=100
  41 200.7 thread_begin Main2 tid=200 flags=1
  42 200.7 acquire L op=threading.Lock site=prog.py:21@work
  44 200.7 release L op=threading.Lock site=prog.py:22@work
  45 200.7 thread_create W2 name="worker of the child" site=prog.py:3@main
  46 200.8 thread_begin W2 tid=201 site=prog.py:20@work
  47 200.8 enter 0 site=prog.py:20@work
  48 200.8 leave 0 site=prog.py:20@work
  49 200.8 thread_end W2
  50 200.7 process_end P2
  51 100.0 wait F op=multiprocessing.Process.join site=prog.py:10@main
  52 100.0 got F op=multiprocessing.Process.join
  53 100.0 name F text="forked child"
  55 300.0 process_begin P3 how=spawn parent=100
  55 300.0 thread_begin Main3 tid=300 flags=1
  56 100.0 process_create S pid=300 site=prog.py:11@main
  57 100.0 job_submit !J executor=E site=prog.py:12@main
  58 300.0 job_begin !J name="square" site=prog.py:30@square
  59 300.0 enter 0 site=prog.py:30@square
  60 300.0 leave 0 site=prog.py:30@square
  61 300.0 job_end !J
  62 100.0 wait !J op=concurrent.futures.Future.result site=prog.py:13@main
  63 100.0 got !J op=concurrent.futures.Future.result
  64 300.0 process_end P3
  65 100.0 interpreter_create I number=1 site=prog.py:14@main
  66 100/1.0 process_begin P4 how=interpreter parent=0
  66 100/1.0 thread_begin Main4 tid=100
  67 100/1.0 enter 0 site=sub.py:1@run
  68 100/1.0 leave 0 site=sub.py:1@run
  69 100/1.0 process_end P4
  70 100.0 interpreter_end I number=1 site=prog.py:15@main
  71 100.0 task_create A name="fetch" site=prog.py:16@main
  72 100.0 task_create B name="store" site=prog.py:17@main
  73 100.0 step_begin A
  74 100.0 enter 0 site=prog.py:40@fetch
  75 100.0 leave 0 site=prog.py:40@fetch flags=1
  76 100.0 step_end A op=asyncio.sleep site=prog.py:41@fetch
  77 100.0 step_begin B by=A
  78 100.0 wait Q op=asyncio.Queue.get site=prog.py:50@store
  79 100.0 step_end B on=Q op=asyncio.Queue.get
  80 100.0 step_begin A
  81 100.0 signal Q op=asyncio.Queue.put site=prog.py:42@fetch
  82 100.0 step_end A flags=1
  83 100.0 step_begin B by=A
  84 100.0 got Q op=asyncio.Queue.get by=A
  85 100.0 step_end B flags=1 outcome=cancelled
  86 100.0 muted 0 site=prog.py:60@tiny
  90 100.0 process_end P
`;
