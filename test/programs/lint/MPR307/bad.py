import multiprocessing as mp
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import Pool, Process


def render_page(page):
    return page.upper()


def render_book(pages):
    with Pool(2) as pool:  # expect: MPR307
        return pool.map(render_page, pages)


def print_book(pages):
    printer = Process(target=render_page, args=(pages[0],))
    printer.start()  # expect: MPR307
    printer.join()


def lend_book(name):
    shelf = mp.Manager().dict()  # expect: MPR307
    shelf[name] = "lent"
    return len(shelf)


def bind_book(pages):
    return glue(pages)


def glue(pages):
    with ProcessPoolExecutor() as executor:  # expect: MPR307
        return list(executor.map(render_page, pages))


def watch_books(names):
    with mp.get_context("spawn").Pool() as pool:  # expect: MPR307
        return pool.map(render_page, names)


def sort_books(names):
    Process(target=render_page, args=(names[0],)).start()  # expect: MPR307


def main(books):
    with Pool(4) as pool:
        pool.map(render_book, books)
        pool.apply_async(print_book, (books[0],)).get()
        pool.starmap(lend_book, [("Emma",)])
        for each in pool.imap_unordered(bind_book, books):
            print(each)
    watcher = mp.Process(target=watch_books, args=(["Emma"],), daemon=True)
    watcher.start()
    sorter = mp.Process(target=sort_books, args=(["Emma"],))
    sorter.daemon = True
    sorter.start()


if __name__ == "__main__":
    main([["one", "two"]])
