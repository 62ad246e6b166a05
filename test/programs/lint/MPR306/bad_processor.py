import multiprocessing as mp
import queue
import sys
import threading


class Exporter:
    def __init__(self):
        self.spans = queue.Queue()
        threading.Thread(target=self._export, daemon=True).start()

    def _export(self):
        while True:
            print(self.spans.get())


exporter = Exporter()


def child():
    exporter.spans.put("child")


if __name__ == "__main__":
    context = mp.get_context("fork" if len(sys.argv) > 1 else "spawn")
    worker = context.Process(target=child)
    worker.start()  # expect: MPR306
    worker.join()
