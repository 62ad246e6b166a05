"""A pipeline of processes: a reader, two parsers and the main process, with queues between them.

Look at: each process waits in `get` until the one before it has put something. The last process is told the end by
`None`, once for each parser.
"""

import multiprocessing

PARSERS = 2


def read(lines, count):
    for number in range(count):
        lines.put("%d;%d;%d" % (number, number * 7 % 13, number * number))
    for _ in range(PARSERS):
        lines.put(None)


def parse(lines, records):
    while True:
        line = lines.get()
        if line is None:
            records.put(None)
            return
        fields = [int(field) for field in line.split(";")]
        # Parsing is the slow stage: it stands for validation, dates, look-ups.
        check = sum(n % (fields[1] + 1) for n in range(20_000))
        records.put((fields[0], check))


def main():
    lines = multiprocessing.Queue(maxsize=4)
    records = multiprocessing.Queue()
    processes = [multiprocessing.Process(target=read, args=(lines, 20), name="reader")]
    processes += [
        multiprocessing.Process(target=parse, args=(lines, records), name="parser-%d" % number)
        for number in range(PARSERS)
    ]
    for process in processes:
        process.start()
    results, open_parsers = [], PARSERS
    while open_parsers:
        record = records.get()
        if record is None:
            open_parsers -= 1
        else:
            results.append(record)
    for process in processes:
        process.join()
    print(len(results), "records, the last:", max(results))


if __name__ == "__main__":
    main()
