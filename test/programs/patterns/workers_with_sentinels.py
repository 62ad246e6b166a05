"""Workers that take jobs from a queue until they get None, with results in a queue and counts of their own: correct."""
import queue
import threading


class Job:
    def __init__(self, number):
        self.number = number
        self.result = None
        self.attempts = 0

    def run(self):
        self.attempts += 1
        self.result = self.number**2


class Worker(threading.Thread):
    def __init__(self, jobs, results):
        super().__init__()
        self.jobs = jobs
        self.results = results
        self.count = 0

    def run(self):
        while True:
            job = self.jobs.get()
            if job is None:
                break
            job.run()
            self.count += 1
            self.results.put(job)


jobs, results = queue.Queue(), queue.Queue()
workers = [Worker(jobs, results) for _ in range(3)]
for worker in workers:
    worker.start()
todo = [Job(number) for number in range(30)]
for job in todo:
    jobs.put(job)
for _ in workers:
    jobs.put(None)
finished = []
for _ in todo:
    job = results.get()
    job.attempts += 1
    finished.append(job.result)
for worker in workers:
    worker.join()
print(sum(finished), sum(worker.count for worker in workers))
