"""Two processes take two locks in opposite orders."""
# timeout: 4
import multiprocessing


def work(first, second, meet):
    with first:  # expect: deadlock.cycle, order.cycle
        meet.wait()
        with second:  # expect: deadlock.cycle, order.cycle
            pass


if __name__ == "__main__":
    context = multiprocessing.get_context("spawn")
    one, other, meet = context.Lock(), context.Lock(), context.Barrier(2)
    processes = [
        context.Process(target=work, args=(one, other, meet)),
        context.Process(target=work, args=(other, one, meet)),
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
