import threading

log_lock = threading.Lock()


class Recorder:
    def __init__(self, file):
        self.file = file
        self.lock = threading.RLock()

    def write(self, line):
        with self.lock:  # expect: THR102
            # Lines end the same way everywhere.
            self.file.write(line)
            if not line.endswith('\n'):
                self.file.write('\n')

    def flush(self):
        with self.lock:  # expect: THR102
            self.prepare()
            self.file.flush()
            return self.file.tell()

    def prepare(self):
        if self.file.closed:
            raise ValueError('closed')


def note(lines, text):
    if text:
        with log_lock:  # expect: THR102
            if text in lines:
                return
            lines.append(
                text.strip(),
            )
    print(text)
