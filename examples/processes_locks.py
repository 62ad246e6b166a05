"""Lock, RLock, BoundedSemaphore and a shared array between processes, and waiting for many pipes at once.

Look at: the lanes of the three "station" processes. Each holds `press` while the others wait for it, then a tray, then
`archive`, which it takes twice, then the array's own lock, each longer than the one before. The main process waits for whichever pipe has something to say.
"""

import multiprocessing
import multiprocessing.connection
import time

STATIONS = 3


def print_page(number, start, press, archive, trays, pages, report):
    start.wait()
    with press:
        time.sleep(0.03)
    with trays:
        time.sleep(0.05)
    with archive, archive:  # The same process may take it again.
        time.sleep(0.07)
    with pages.get_lock():
        time.sleep(0.09)
        pages[number] += 1
    report.send("station %d is done" % number)


def main():
    start = multiprocessing.Barrier(STATIONS)
    press = multiprocessing.Lock()
    archive = multiprocessing.RLock()
    trays = multiprocessing.BoundedSemaphore(1)
    pages = multiprocessing.Array("i", STATIONS)
    reports, stations = [], []
    for number in range(STATIONS):
        receiver, sender = multiprocessing.Pipe(duplex=False)
        arguments = (number, start, press, archive, trays, pages, sender)
        station = multiprocessing.Process(target=print_page, args=arguments, name="station-%d" % number)
        station.start()
        sender.close()
        reports.append(receiver)
        stations.append(station)
    while reports:
        for report in multiprocessing.connection.wait(reports):
            print(report.recv())
            reports.remove(report)
    for station in stations:
        station.join()
    print(list(pages))


if __name__ == "__main__":
    main()
