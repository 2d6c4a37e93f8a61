"""Exact arithmetic: integers of minor units and fractions; never a float."""

from decimal import Decimal
from fractions import Fraction

# ISO 4217: how many digits the minor unit has, where that is not two.
DIGITS = {
    **dict.fromkeys(
        "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(), 0),
    **dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3),
    **dict.fromkeys("CLF UYW".split(), 4),
}


def digits_of(currency):
    return DIGITS.get(currency.upper(), 2)


def half_away(value):
    """A fraction as a whole number, ties away from zero."""
    value = Fraction(value)
    whole, rest = divmod(abs(value.numerator), value.denominator)
    whole += 2 * rest >= value.denominator
    return whole if value >= 0 else -whole


def minor(amount, currency):
    """A decimal amount as minor units; it must be whole."""
    units = Fraction(amount) * 10 ** digits_of(currency)
    if units.denominator != 1:
        raise ValueError(f"{amount} is no amount of {currency}")
    return units.numerator


def major(units, currency):
    """Minor units as the decimal that a feed prints; None stays None."""
    return None if units is None else Decimal(units).scaleb(-digits_of(currency))


def split(amount, weights):
    """Parts of `amount` in proportion to `weights` that sum to it: largest remainder, ties to the earlier part.

    Without any weight the first part takes all.
    """
    whole = sum(weights)
    if whole == 0:
        return [amount if place == 0 else 0 for place in range(len(weights))]
    sign = -1 if amount < 0 else 1
    exact = [Fraction(abs(amount) * weight, whole) for weight in weights]
    parts = [int(share) for share in exact]
    behind = sorted(range(len(weights)), key=lambda place: (parts[place] - exact[place], place))
    for place in behind[: abs(amount) - sum(parts)]:
        parts[place] += 1
    return [sign * part for part in parts]


def floored(value, digits):
    """A fraction as a decimal with so many digits at most, rounded down."""
    value = Fraction(value) * 10**digits
    return Decimal(value.numerator // value.denominator).scaleb(-digits)
