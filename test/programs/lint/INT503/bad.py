from concurrent import interpreters
from concurrent.interpreters import create

kitchens = [interpreters.create() for _ in range(4)]


def cook(dish="soup"):
    return dish.upper()


def cook_everywhere():
    for kitchen in kitchens:
        kitchen.call(cook)  # expect: INT503
        print("cooked")


def cook_and_serve():
    return [kitchen.call(cook, "salad") for kitchen in kitchens]  # expect: INT503


def cook_by_text():
    for number, kitchen in enumerate(kitchens):
        kitchen.exec(f"print({number})")  # expect: INT503


def cook_in_new_ones(dishes):
    for dish in dishes:
        kitchen = create()
        kitchen.call(cook, dish)  # expect: INT503
        kitchen.close()


class Restaurant:
    def __init__(self):
        self.kitchens = [create(), create()]

    def cook(self, dishes):
        for kitchen, dish in zip(self.kitchens, dishes):
            print(kitchen.call(cook, dish))  # expect: INT503
