"""Gives everybody and everything in an example another name.

Ids, people, companies, mobile numbers and identity cards get values of the same kind, the same one wherever they stand: in
the request, in the documented answer, inside messages and JSON texts. A rule or a world that knew a documented value would
then be found out.
"""

import random
import re

# What is not a value of the caller's or the world's: RequestIds are drawn anew, a file's bytes are its own.
UNTOUCHED = {"RequestId", "FileBody"}
ID_FIELD = re.compile(r"(Ids?|^Creator|^SuccessFlows)$")
# One or two signs have too few others of their form to become.
SHORTEST_ID = 2
# A component is named by the words it is placed at.
NOT_AN_ID = {"ComponentId"}
PERSON_FIELD = re.compile(r"^(Approver|Approve|Creator|User|Admin|Legal)?(Name|LegalName)$")
COMPANY_FIELD = re.compile(r"Organization(Open)?Name$|^EnterpriseName$")
MOBILE_FIELD = re.compile(r"Mobile$")
CARD_FIELD = re.compile(r"IdCardNumber$|^IdNumber$")

# Ids as the vendor draws them, wherever they stand.
LOOKS_LIKE_AN_ID = re.compile(r"(?<![A-Za-z0-9*])(?=[A-Za-z0-9*]*\d)(?=[A-Za-z0-9*]*[A-Za-z])[A-Za-z0-9*]{20,40}(?![A-Za-z0-9*])")
MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
HAN = re.compile(r"[\u4e00-\u9fff]")

SURNAMES = "赵钱孙周吴郑冯陈褚卫蒋沈韩杨朱秦许吕施孔曹严华金魏陶姜戚谢邹喻柏窦章云苏潘葛奚范彭鲁韦昌马苗"
GIVEN = "安博超达恩凡刚海佳凯岚敏宁沛琪荣珊婷维欣雅泽伟静丽强磊军洋勇艳杰娟涛霞平辉鹏红玲桂芳燕彬"


class Renaming:
    """Which value becomes which."""

    def __init__(self, *documents):
        self.new = {}
        for document in documents:
            for name, text in texts(document):
                self.notice(name, text)
        longest_first = sorted(self.new, key=len, reverse=True)
        self.pattern = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def notice(self, name, text):
        for found in LOOKS_LIKE_AN_ID.findall(text) + MOBILE.findall(text):
            self.new.setdefault(found, other_mobile(found) if MOBILE.fullmatch(found) else other_id(found))
        if not text.strip("*") or name in NOT_AN_ID:
            return
        if CARD_FIELD.search(name):
            # Of a masked one nothing is left to rename.
            if "*" not in text:
                self.new.setdefault(text, other_card(text))
        elif MOBILE_FIELD.search(name):
            self.new.setdefault(text, other_mobile(text))
        elif PERSON_FIELD.search(name) or COMPANY_FIELD.search(name):
            if HAN.search(text):
                self.new.setdefault(text, other_words(text))
        elif ID_FIELD.search(name) and len(text) > SHORTEST_ID:
            self.new.setdefault(text, other_id(text))

    def __call__(self, value, name=""):
        """The same value with everybody renamed."""
        if isinstance(value, dict):
            return {key: self(inner, key) for key, inner in value.items()}
        if isinstance(value, list):
            return [self(item, name) for item in value]
        if not isinstance(value, str) or name in UNTOUCHED or self.pattern is None:
            return value
        return self.pattern.sub(lambda found: self.new[found[0]], value)


def texts(value, name=""):
    """Every text of a document that may name somebody, with the field it stands in."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from texts(inner, key)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item, name)
    elif isinstance(value, str) and name not in UNTOUCHED:
        yield name, value


def other_id(text):
    """As long, and digits, small and capital letters where they were; words for words."""
    if not any(map(alphabet, text)):
        return other_words(text)
    return changed(text, lambda draw, old: draw(alphabet(old).replace(old, "")) if alphabet(old) else old)


def alphabet(character):
    alphabets = ("0123456789", "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return next((letters for letters in alphabets if character in letters), "")


def other_words(text):
    """Han characters for Han characters; whatever else stands between them stays."""
    first = HAN.search(text).start()
    words = list(changed(text, lambda draw, old: draw(GIVEN.replace(old, "")) if HAN.match(old) else old))
    words[first] = random.Random(text).choice(SURNAMES.replace(text[first], ""))
    return "".join(words)


def other_mobile(text):
    return text[:1] + changed(text[1:2], lambda draw, old: draw("3456789".replace(old, ""))) + other_id(text[2:])


def other_card(text):
    """Another place and number; the day of birth and a last `X` stay, since rules may ask for them."""
    if len(text) != 18:
        return other_id(text)
    return text[:1] + other_id(text[1:6]) + text[6:14] + other_id(text[14:17]) + text[17]


def changed(text, change):
    draw = random.Random(text).choice
    return "".join(change(draw, character) for character in text)
