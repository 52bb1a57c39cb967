"""A message as a row of parts, from its first token to its last."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from bot.domain.amount import amount_at
from bot.domain.aside import aside_at, old_value_at
from bot.domain.broken import halves_left, is_loose_digit
from bot.domain.chain import chain_at, range_at
from bot.domain.comparison import change_at, changes_soon, comparison_at, denied_at, divisor_end, qualified
from bot.domain.form import Form, Measure
from bot.domain.numbering import list_mark, list_number
from bot.domain.part import About, Aside, Base, Gap, Given, Mention, Part, Share
from bot.domain.phrasebook import Phrasebook
from bot.domain.scale import text_at
from bot.domain.shares import last_name, named_after, ratio_at, share_at, whole_of_share
from bot.domain.spoken import is_word
from bot.domain.token import Kind, Token
from bot.domain.vocabulary import indicators, is_filler, measures

#: Before an accentless "nam" these make a year of it, not the number 5.
_BEFORE_A_YEAR = ("trong", "ca", "nua", "cuoi", "dau", "tung", "hang", "moi", "tu")


def parts(tokens: Sequence[Token], form: Form, greedy: bool = True) -> list[Part]:
    """The parts of a message in order, fillers left out. Of `greedy` see amount_at."""
    return halves_left(list(_Row(tokens, indicators(form), greedy).parts()), tokens)


class _Row:
    def __init__(self, tokens: Sequence[Token], names: Phrasebook, greedy: bool) -> None:
        self.tokens, self.names, self.greedy = tokens, names, greedy
        self.accented = any(not token.bare for token in tokens if token.kind is Kind.WORD)
        self.comparing = False
        self.measured = False  # the comparison has given a number
        self.fresh = True  # nothing has been said since the last punctuation
        self.depth = self.opened = 0  # brackets, and how many there were around the comparison

    def parts(self) -> Iterator[Part]:
        at = 0
        while at < len(self.tokens):
            part = self._next(at)
            if part:
                yield part
            at = part.end if part else at + 1

    def _next(self, at: int) -> Part | None:
        """The part that begins at a token; None for one token that says nothing."""
        gap = None if list_number(self.tokens, at) else self._gap(at)
        if gap:
            self._pause(gap, self.tokens[at].text)
            return gap
        part = self._part(at)
        if part and self.comparing:
            part = self._compared(part)
        self.fresh = self.fresh and part is None
        return part

    def _pause(self, gap: Gap, sign: str) -> None:
        self.fresh = True
        self.depth = max(0, self.depth + (sign == "(") - (sign == ")"))
        if self.depth < self.opened or (gap.strong and sign != ")"):
            self.comparing = False

    def _compared(self, part: Part) -> Part:
        """A part inside a comparison is an aside, until the sentence or an indicator with its own figures ends it."""
        if isinstance(part, Mention):
            soon = not self.measured and changes_soon(self.tokens, part.end)
            self.comparing = soon or self._fell(part) or (self.measured and not self.fresh)
        elif isinstance(part, Given):
            self.comparing = not (self.fresh and named_after(self.tokens, part.end, self.names))
        self.measured = self.measured or isinstance(part, Given | Share | Aside)
        return Aside(part.first, part.end, type(part) is Part) if self.comparing else part

    def _fell(self, part: Mention) -> bool:
        """The full form's "giảm" inside a comparison is a fall."""
        return self.tokens[part.first].text == "giam" and change_at(self.tokens, part.first) > part.first

    def _gap(self, at: int) -> Gap | None:
        token = self.tokens[at]
        if token.kind is Kind.BREAK:
            return Gap(at, at + 1, True)
        if token.kind is not Kind.MARK or token.text not in (",", ".", "(", ")", "!", "?"):
            return None
        return Gap(at, at + 1, token.text not in (",", "("))

    def _part(self, at: int) -> Part | None:
        """Names first, then numbers, then what may be passed over; a slip of the finger is looked for last."""
        if list_mark(self.tokens, at, self.depth):
            return Gap(at, at + 2, True)
        if list_number(self.tokens, at):
            return Gap(at, at + 3, True)
        mention = self._mention(at)
        if mention:
            return mention
        found = self._no_figure(at) or self._number(at) or self._about(at)
        if found:
            return found
        return self._word(at)

    def _mention(self, at: int) -> Part | None:
        denied = denied_at(self.tokens, at, self.names)
        if denied > at:
            return Mention(at, denied, "")
        found = self.names.at(self.tokens, at)
        if not found:
            return None
        if text_at(self.tokens, found[1]) == "/" and self.names.at(self.tokens, found[1] + 1):
            divisor = self.names.at(self.tokens, found[1] + 1)
            return Mention(at, divisor[1] if divisor else found[1], found[0])
        if qualified(self.tokens, found[1]):
            return self._qualified(at, found[1])
        return Mention(at, found[1], found[0])

    def _qualified(self, at: int, end: int) -> Mention:
        """ "đã thụ lý mới": a name that begins later and goes on longer, or something the form does not ask for."""
        for place in range(at + 1, end):
            found = self.names.at(self.tokens, place)
            if found and found[1] > end:
                return Mention(at, found[1], found[0])
        return Mention(at, end + 1, "")

    def _no_figure(self, at: int) -> Part | None:
        tokens = self.tokens
        opened = comparison_at(tokens, at, self.names)
        changed = change_at(tokens, at)
        if opened > at or changed > at:
            if not self.comparing:
                self.comparing, self.measured, self.opened = True, False, self.depth
            return Aside(at, max(opened, changed))
        divisor = divisor_end(tokens, at, self.names)
        if divisor:
            return Base(at, divisor, last_name(tokens, at, divisor, self.names))
        whole = whole_of_share(tokens, at, self.names)
        if whole > at:
            return Gap(at, whole, False)
        if (tokens[at].text, text_at(tokens, at + 1)) == ("trong", "thang") and not _numbered(tokens, at + 2):
            return Part(at, at + 2)  # of the month alone, and figures are cumulative
        end = max(aside_at(tokens, at), old_value_at(tokens, at))
        return Aside(at, end) if end > at else None

    def _number(self, at: int) -> Part | None:
        tokens = self.tokens
        return (
            share_at(tokens, at, self.names)
            or range_at(tokens, at)
            or ratio_at(tokens, at, self.names)
            or chain_at(tokens, at)
            or _given_at(tokens, at, self.greedy)
        )

    def _about(self, at: int) -> About | None:
        """A measure; a heading when it says "về" or has a colon, and an indicator comes next."""
        found = measures.at(self.tokens, at)
        if not found:
            return None
        meaning, end = found
        after, colon = end, False
        while after < len(self.tokens) and after - end < _MOST_BETWEEN and self._between(after):
            colon = colon or self.tokens[after].kind is Kind.BREAK or self.tokens[after].text == ":"
            after += 1
        heading = (colon or self.tokens[at].text == "ve") and bool(self.names.at(self.tokens, after))
        return About(at, end, Measure(meaning), heading)

    def _between(self, at: int) -> bool:
        token = self.tokens[at]
        if self.names.at(self.tokens, at):
            return False
        return (
            token.kind is Kind.BREAK
            or token.text in (":", ",", ".", "-")
            or is_filler(token)
            or list_mark(self.tokens, at, self.depth)
        )

    def _word(self, at: int) -> Part | None:
        token = self.tokens[at]
        if token.kind is Kind.MARK:
            plain = token.text != "%" and unicodedata.category(token.typed[0])[0] in "PS" and not _telling(token)
            return None if plain else Part(at, at + 1)
        mention = self.names.near(self.tokens, at) if token.kind is Kind.WORD else None
        if mention:
            return Mention(at, mention[1], mention[0])
        return None if is_filler(token) and not is_loose_digit(self.tokens, at, self.accented) else Part(at, at + 1)


_MOST_BETWEEN = 8
_MORE_THAN_A_WORD = 10


def _numbered(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].kind is Kind.NUMBER


def _telling(token: Token) -> bool:
    """Signs that may change a number: currencies, ±, <, ×; not the plain ones of lists and tables."""
    return unicodedata.category(token.typed[0]) in ("Sc", "Sm") and token.text not in "+=|~"


def _given_at(tokens: Sequence[Token], at: int, greedy: bool) -> Part | None:
    amount = amount_at(tokens, at, greedy)
    # "năm", "ba", "không" alone are mostly other words; "ba trăm hai" is none.
    if amount is None or (
        amount.spoken and amount.bare and not any(value >= _MORE_THAN_A_WORD for value in amount.values)
    ):
        return None
    year = tokens[at].text == "nam" and tokens[at].bare and at > 0 and tokens[at - 1].text in _BEFORE_A_YEAR
    about_ten = tokens[at].spelt == "mươi"  # "mươi việc", which is not "mười việc"
    # of a number whose beginning was not read
    rest = about_ten or is_word(tokens, at, "linh") or is_word(tokens, at, "le")
    return Part(at, amount.end) if year or rest else Given(at, amount.end, amount)
