"""Jobs of executors fail, and somebody looks at each of them."""
import asyncio
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, TimeoutError, as_completed


def save(number):
    if number % 2 == 0:
        raise ValueError(number)
    return number


def seen(future):
    print("failed" if future.exception() else "done")


async def by_loop():
    try:
        await asyncio.get_running_loop().run_in_executor(None, save, 2)
    except ValueError as error:
        print(error)


def main():
    with ThreadPoolExecutor(2) as pool:
        for future in as_completed([pool.submit(save, number) for number in range(3)]):
            try:
                print(future.result())
            except ValueError as error:
                print(error)
        pool.submit(save, 2).add_done_callback(seen)
        try:
            list(pool.map(save, [4]))
        except (ValueError, TimeoutError) as error:
            print(error)
    with ProcessPoolExecutor(1) as pool:
        print(repr(pool.submit(save, 6).exception(timeout=60)))
    asyncio.run(by_loop())


if __name__ == "__main__":
    main()
