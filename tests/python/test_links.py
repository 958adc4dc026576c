"""Links end on the server's clock, which a test moves."""

import requests

from browser import open_page
from story import Story


def test_a_sign_link_is_over_after_half_an_hour(server):
    story = Story(server)
    flow = story.one_person()
    link = story.sign_url(flow)

    server.advance("29m")
    still_good = open_page(link)
    server.advance("2m")
    over = open_page(link)

    assert still_good.status == 200 and still_good.forms
    assert over.status == 410 and not over.forms
    assert open_page(story.sign_url(flow)).forms, "a new link is as good as the first was"


def test_a_form_left_open_too_long_signs_nothing(server):
    story = Story(server)
    flow = story.one_person()
    page = open_page(story.sign_url(flow))

    server.advance("31m")

    assert page.press("sign").status == 410
    assert story.brief(flow).FlowStatus == 1


def test_a_sign_link_lives_as_long_as_asked(server):
    story = Story(server)
    link = story.sign_url(story.one_person(), ExpiredOn=7200)

    server.advance("119m")
    assert open_page(link).forms
    server.advance("2m")
    assert open_page(link).status == 410


def test_a_download_link_is_over_when_its_time_is_up(server):
    story = Story(server)
    flow = story.one_person()
    server.advance("10s")
    link = story.download_url(flow, UrlTtl=600)

    server.advance("9m")
    assert requests.get(link, timeout=30).status_code == 200
    server.advance("2m")
    over = requests.get(link, timeout=30)
    assert over.status_code == 410 and not over.content.startswith(b"%PDF")


def test_a_download_link_opens_nothing_else(server):
    story = Story(server)
    one, other = story.one_person(), story.one_person()
    server.advance("10s")
    link = story.download_url(one)

    assert one in link
    assert requests.get(link.replace(one, other), timeout=30).status_code == 403


def test_a_page_wants_nothing_of_anybody_else(server):
    story = Story(server)
    link = story.sign_url(story.one_person())

    answer = requests.get(link, timeout=30)

    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_a_page_speaks_english_when_asked(server):
    story = Story(server)
    link = story.sign_url(story.one_person())
    page = requests.get(link, timeout=30)

    english = requests.get(page.url, params={"lang": "en"}, timeout=30)

    assert "确认签署" in page.text and "确认签署" not in english.text
    assert ">Sign<" in english.text
