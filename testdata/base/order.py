#!/usr/bin/env python3
"""Pairs of numbers and their order by Python's decimal, as order.tsv.

usage: order.py >order.tsv
"""
import decimal
import random

random.seed(20260509)
decimal.getcontext().prec = 9999
decimal.getcontext().Emax = decimal.MAX_EMAX
decimal.getcontext().Emin = decimal.MIN_EMIN

EDGES = """0 -0 0.0 0e5 -0.000e-9 1 -1 1.0 1.00e0 10e-1 0.1e1 0.9999999999999999 1.0000000000000001
9007199254740992 9007199254740993 18446744073709551615 18446744073709551616 -9223372036854775808
1e400 10e399 0.1e401 1e401 -1e400 1e-400 0.01e-398 1e999999 1e-999999 -1e999999 100 1e2 1E+2 1e02 1e-0
0.1 0.10 0.100000000000000005551115123125782702 123.456 123456e-3 0.000123456e6 0.5 5e-1 -0.5 2 12 9
99999999999999999999 1e20 100000000000000000000 1000 999.999999 1e3 0.001 1e-3""".split()


def digits(most):
    return ''.join(random.choice('0001239') for _ in range(random.randint(1, most)))


def number():
    text = str(int(digits(8)))
    if random.random() < 0.6:
        text += '.' + digits(6)
    if random.random() < 0.5:
        text += random.choice('eE') + random.choice(['', '+', '-']) + str(random.randint(0, 6))
    return random.choice(['', '-']) + text


def respelled(text):
    """The same value, written in another way."""
    sign, figures, exponent = decimal.Decimal(text).as_tuple()
    zeros = random.randint(0, 5)
    figures = ''.join(map(str, figures)) + '0' * zeros
    whole = figures.lstrip('0') or '0'
    return '%s%se%d' % ('-' if sign else '', whole, exponent - zeros)


pairs = [(a, b) for a in EDGES for b in random.sample(EDGES, 6)]
for _ in range(300):
    one = number()
    pairs.append((one, number()))
    pairs.append((one, respelled(one)))
for a, b in pairs:
    x, y = decimal.Decimal(a), decimal.Decimal(b)
    print(a, b, (x > y) - (x < y), sep='\t')
