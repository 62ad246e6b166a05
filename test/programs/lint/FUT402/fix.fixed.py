from concurrent.futures import ThreadPoolExecutor


def water(plant):
    print(plant)


def water_all(plants):
    with ThreadPoolExecutor() as gardeners:
        # All of them.
        for _ in gardeners.map(water, plants):  # expect: FUT402
            pass


def water_one(plant):
    with ThreadPoolExecutor() as gardeners:
        print("watering")
        gardeners.submit(water, plant).result()  # expect: FUT402
