from concurrent.futures import ThreadPoolExecutor, wait

pages = ThreadPoolExecutor(max_workers=2)
titles = ThreadPoolExecutor(max_workers=2)


def read_title(page):
    return page.title()


def in_another_pool(page):
    return titles.submit(read_title, page).result()


def directly(page):
    return read_title(page)


def goes_on_later(page):
    follower = pages.submit(read_title, page)
    follower.add_done_callback(lambda done: print(done.result()))
    return page


def gives_it_back(page):
    return pages.submit(read_title, page)


def only_if_it_is_done(page):
    follower = pages.submit(read_title, page)
    if follower.done():
        return follower.result()
    return None


def of_somebody_else(title):
    return title.result()


def a_pool_of_its_own(names):
    with ThreadPoolExecutor() as own:
        return list(own.map(read_title, names))


def main(names):
    title = titles.submit(read_title, names[0])
    jobs = [pages.submit(in_another_pool, name) for name in names]
    jobs += [pages.submit(directly, name) for name in names]
    jobs += [pages.submit(goes_on_later, name) for name in names]
    jobs += [pages.submit(gives_it_back, name) for name in names]
    jobs += [pages.submit(only_if_it_is_done, name) for name in names]
    jobs += [pages.submit(a_pool_of_its_own, names), pages.submit(of_somebody_else, title)]
    wait(jobs)
    return [job.result() for job in jobs]


class Shop:
    def __init__(self, helpers):
        self._pool = ThreadPoolExecutor()
        self._helpers = helpers

    def sell(self, article):
        return self._helpers.submit(read_title, article).result()

    def sell_all(self, articles):
        return list(self._pool.map(self.sell, articles))

    def open(self, articles):
        """Not itself in the pool."""
        jobs = [self._pool.submit(self.sell, article) for article in articles]
        return [job.result() for job in jobs]
