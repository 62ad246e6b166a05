import multiprocessing


class Recorder(multiprocessing.Process):
    def run(self):
        print("recording")


class Studio:
    """Its pool starts when it is made."""

    def __init__(self):
        self.pool = multiprocessing.Pool(2)


if not __debug__:
    Recorder().start()  # expect: MPR301

studio = Studio()  # expect: MPR301
