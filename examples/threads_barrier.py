"""A simulation in phases: nobody begins a phase before all have finished the one before.

Look at: the fast regions wait at `threading.Barrier.wait` for the slow one, in every phase; the arrow at the end of each
wait comes from the thread that arrived last.
"""

import threading

REGIONS, PHASES, SIZE = 3, 4, 4_000
heat = [[float(region)] * SIZE for region in range(REGIONS)]
phase_done = threading.Barrier(REGIONS)


def spread(values, neighbour):
    """One phase: each place takes over a tenth of the difference to the neighbouring region."""
    return [value + (other - value) * 0.1 for value, other in zip(values, neighbour)]


def simulate(region):
    for _ in range(PHASES):
        neighbour = heat[(region + 1) % REGIONS]
        new = heat[region]
        for _ in range(4 * (region + 1)):  # Region 2 has three times as much to do as region 0.
            new = spread(new, neighbour)
        phase_done.wait()  # All have read; now the values may change,
        heat[region] = new
        phase_done.wait()  # and all have written, so the next phase may begin.


def main():
    threads = [threading.Thread(target=simulate, args=(n,), name="region-%d" % n) for n in range(REGIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print("heat", ["%.3f" % values[0] for values in heat])


if __name__ == "__main__":
    main()
