import multiprocessing

multiprocessing.set_start_method("fork")


def greet(name):
    print(f"Hello {name}")


guest = multiprocessing.Process(target=greet, args=("Ada",))
guest.start()
guest.join()
