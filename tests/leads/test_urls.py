"""One address in one form, whatever a list, a chat or a tracker did to it."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.leads.urls import CanonicalUrl, canonical, find_links, is_job_link

UUID = "16ebfcfc-467b-40e5-b23e-a4d95db05539"
WORKDAY = "https://nvidia.wd5.myworkdayjobs.com"

ON_BOARDS = [
    ("https://boards.greenhouse.io/Acme/jobs/6011253003?gh_src=1", "greenhouse", "6011253003"),
    ("https://job-boards.greenhouse.io/acme/jobs/6011253003#app", "greenhouse", "6011253003"),
    ("https://job-boards.eu.greenhouse.io/acme/jobs/4368079101", "greenhouse", "4368079101"),
    ("https://boards.greenhouse.io/embed/job_app?for=acme&token=6011253003", "greenhouse", "6011253003"),
    ("https://boards.greenhouse.io/embed/job_app?token=6011253003&gh_src=x", "greenhouse", "6011253003"),
    ("https://acme.com/careers/?gh_jid=6011253003&utm_source=x", "greenhouse", "6011253003"),
    ("https://acme.com/careers#gh_jid=6011253003", "greenhouse", "6011253003"),
    ("https://www.acme.com/careers/6187797?gh_jid=somelist", "greenhouse", "6187797"),
    (f"https://jobs.lever.co/acme/{UUID.upper()}/apply?lever-source=x", "lever", UUID),
    (f"https://jobs.eu.lever.co/acme/{UUID}", "lever", UUID),
    (f"https://jobs.ashbyhq.com/Acme%20AI/{UUID}/application", "ashby", UUID),
    (f"https://acme.com/careers/?ashby_jid={UUID}#apply-now", "ashby", UUID),
    (f"{WORKDAY}/en-US/Site/job/US-CA/ML-Intern_JR1986535-2?q=ml", "workday", "nvidia/jr1986535"),
    (f"{WORKDAY}/Site/details/ML-Intern_JR1986535?workerSubType=1", "workday", "nvidia/jr1986535"),
    ("https://wd1.myworkdaysite.com/recruiting/fmr/Site/job/Boston/Intern_2098649", "workday", "fmr/2098649"),
    ("https://jobs.smartrecruiters.com/Visa/744000014256745-software-engineer", "smartrecruiters", "744000014256745"),
    ("https://apply.workable.com/acme/j/7D069ACDD9/apply/", "workable", "7d069acdd9"),
    ("https://careers-sig.icims.com/jobs/10819/ml-intern/job?mobile=true", "icims", "careers-sig/10819"),
    ("https://eeho.fa.us2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1/job/255786/?keyword=x",
     "oracle", "eeho/255786"),
    ("https://acme.taleo.net/careersection/ex/jobdetail.ftl?job=2400619&tz=GMT", "taleo", "acme/2400619"),
    ("https://phf.tbe.taleo.net/phf03/ats/careers/v2/viewRequisition?org=ACME&cws=44&rid=1716", "taleo", "acme/1716"),
    ("https://career4.successfactors.com/career?company=acme&career_job_req_id=17854", "successfactors", "acme/17854"),
    ("https://career41.sapsf.com/career?career_job_req_id=3507&company=acme", "successfactors", "acme/3507"),
    ("https://jobs.sap.com/job/Montreal-H3B-0B3/1086526001/?feedId=1", "successfactors", "jobs.sap.com/1086526001"),
    ("https://acme.bamboohr.com/careers/577/", "bamboohr", "acme/577"),
    ("https://acme.recruitee.com/o/ml-praktikum", "recruitee", "acme/ml-praktikum"),
    ("https://acme.jobs.personio.de/job/1234567?language=en", "personio", "acme/1234567"),
    ("https://jobs.jobvite.com/careers/acme/job/oTXtufwx?__jvst=Job%20Board", "jobvite", "otxtufwx"),
    ("https://jobs.jobvite.com/acme/job/otxtufwx?nl=1&nl=1", "jobvite", "otxtufwx"),
    ("https://acme.eightfold.ai/careers/job/343621712678-ml-intern?domain=x", "eightfold", "343621712678"),
    ("https://careers.acme.com/careers?query=intern&pid=343621712678&domain=acme.com", "eightfold", "343621712678"),
    ("https://www.linkedin.com/jobs/view/ml-intern-at-acme-3925803158/?refId=x", "linkedin", "3925803158"),
    ("https://de.linkedin.com/comm/jobs/view/3925803158", "linkedin", "3925803158"),
    ("https://www.linkedin.com/jobs/collections/recommended/?currentJobId=3925803158", "linkedin", "3925803158"),
    ("https://de.indeed.com/viewjob?from=serp&jk=e35b465c20d1a7c2", "indeed", "e35b465c20d1a7c2"),
    ("https://www.indeed.com/jobs?q=ml&vjk=e35b465c20d1a7c2", "indeed", "e35b465c20d1a7c2"),
    (f"https://simplify.jobs/p/{UUID}/ML-Intern?utm_source=GHList", "simplify", UUID),
    ("https://www.amazon.jobs/jobs/10400153/apply", "amazon", "10400153"),
    ("https://amazon.jobs/en/jobs/10400153/ml-intern?cmpid=x", "amazon", "10400153"),
    ("https://lifeattiktok.com/search/7639509050870434101", "bytedance", "7639509050870434101"),
    ("https://careers.tiktok.com/position/7639509050870434101/detail", "bytedance", "7639509050870434101"),
    ("https://careers.acme.com/us/en/job/R-226993/Data-Intern", "phenom", "careers.acme.com/r-226993"),
    ("https://jobs.acme.com/job/-/-/4673/69642849904", "radancy", "4673/69642849904"),
]  # fmt: skip


@pytest.mark.parametrize(("url", "board", "number"), ON_BOARDS)
def test_boards_and_their_numbers(url: str, board: str, number: str) -> None:
    found = canonical(url)
    assert (found.board, found.board_id) == (board, number)
    assert found.key == f"{board}:{number}"
    assert canonical(found.url) == found


@pytest.mark.parametrize(
    ("url", "one"),
    [
        ("HTTP://WWW.Acme.com:80/jobs//42/?utm_source=x&ref=y#top", "https://acme.com/jobs/42"),
        ("https://user:secret@acme.com/jobs/42", "https://acme.com/jobs/42"),
        ("https://acme.com:8443/jobs/42/", "https://acme.com:8443/jobs/42"),
        ("https://acme.com/de-DE/jobs/12345/apply/", "https://acme.com/jobs/12345"),
        ("https://acme.com/global/en/jobs/12345", "https://acme.com/jobs/12345"),
        ("https://acme.com/en/about", "https://acme.com/en/about"),
        ("https://acme.com/apply", "https://acme.com/apply"),
        ("https://acme.com/jobs/12345?lang=de&page=2", "https://acme.com/jobs/12345"),
        ("https://acme.com/jobs?lang=de&team=ml", "https://acme.com/jobs?lang=de&team=ml"),
        ("https://acme.com/join?position=721895&src=x", "https://acme.com/join?position=721895"),
        ("https://acme.com/job?b=2&reqId=77&a=1", "https://acme.com/job?a=1&b=2&reqId=77"),
        ("https://acme.com/x?a=1&amp;b=2", "https://acme.com/x?a=1&b=2"),
        ("https://acme.com/jobs/intern%2c-software/", "https://acme.com/jobs/intern,-software"),
        ("https://acme.com/jobs/künstliche intelligenz", "https://acme.com/jobs/k%C3%BCnstliche%20intelligenz"),
        ("https://bücher.de/stellen/12345", "https://xn--bcher-kva.de/stellen/12345"),
        ("https://acme.com/jobs/#/job/12345&utm_source=x", "https://acme.com/jobs#/job/12345"),
        ("https://acme.com/jobs/12345#/job/12345", "https://acme.com/jobs/12345"),
        ("https://acme.com/jobs/12345#:~:text=a/1234567", "https://acme.com/jobs/12345"),
        ("https://acme.com/job/?ML+Intern-R-91372&utm_source=x", "https://acme.com/job?ML+Intern-R-91372="),
    ],
)
def test_other_addresses_have_one_form(url: str, one: str) -> None:
    assert canonical(url) == CanonicalUrl(one)


@pytest.mark.parametrize(
    "parameter", ["gh_jid", "jk", "jobId", "currentJobId", "pid", "reqid", "job_id", "opportunityId", "requisitionId"]
)
def test_what_names_the_job_is_never_dropped(parameter: str) -> None:
    one, other = (canonical(f"https://acme.com/careers?{parameter}={number}&ref=x") for number in (1000001, 1000002))
    assert one.key != other.key


def test_addresses_of_one_kind_differ_by_their_tracker_only() -> None:
    trackers = "utm_medium=a&gh_src=b&lever-source[]=c&fbclid=d&gclid=e&trk=f&src=g&rx_job=h"
    assert canonical(f"https://acme.com/jobs/ml-intern?{trackers}") == canonical("https://acme.com/jobs/ml-intern")


@pytest.mark.parametrize(
    "url",
    ["", "none", "https://none", "ftp://acme.com/a", "javascript:alert(1)", "https://", "https://a b.com", "//acme.com",
     "https://acme.com:99999/", "http://[::1]/jobs/1", "https://acme..com", "https://" + "ü" * 99 + ".com"],
)  # fmt: skip
def test_what_is_no_address_is_refused_in_words(url: str) -> None:
    with pytest.raises(ValueError, match=r"is no web address\. Give one that begins with https://"):
        canonical(url)


def test_a_refusal_is_short_and_keeps_the_secret() -> None:
    with pytest.raises(ValueError, match="…” is no web address") as refusal:
        canonical("ftp://ada:hunter2@acme.com/" + "a" * 500)
    assert "hunter2" not in str(refusal.value)
    assert len(str(refusal.value)) < 160


hosts = st.sampled_from(["acme.com", "www.www.acme.com", "JOBS.lever.co", "boards.greenhouse.io", "x.icims.com",
                         "a.wd1.myworkdayjobs.com", "www.com", "tbe.taleo.net", "recruiting.adp.com"])  # fmt: skip
pieces = st.one_of(
    st.text(string.ascii_letters + string.digits + "-_%.~:@!$&'()*+,;= ü/", max_size=12),
    st.sampled_from(["jobs", "apply", "en-US", "global", "de", "job", "12345678", UUID, "%2f", "%zz", "%61pply",
                     "careers", "A_R-12345-1", "embed", "job_app", "www.x.com"]),
)  # fmt: skip
names = st.one_of(
    st.sampled_from(["gh_jid", "utm_source", "token", "for", "pid", "jobId", "r", "lang", "a", ""]), pieces
)


@st.composite
def addresses(draw: st.DrawFn) -> str:
    path = "/".join(draw(st.lists(pieces, max_size=5)))
    query = "&".join(f"{k}={v}" for k, v in draw(st.lists(st.tuples(names, pieces), max_size=4)))
    scheme, host, fragment = draw(st.sampled_from(["http", "HTTPS"])), draw(hosts), draw(pieces)
    return f"{scheme}://{host}/{path}?{query}#{fragment}"


@given(addresses())
def test_canonical_addresses_are_fixed_points(url: str) -> None:
    found = canonical(url)
    assert canonical(found.url) == found


@given(st.one_of(st.text(), st.text().map("https://".__add__), st.text().map("https://acme.com/".__add__)))
def test_odd_input_raises_nothing_but_a_refusal(text: str) -> None:
    try:
        found = canonical(text)
    except ValueError as refusal:
        assert "is no web address" in str(refusal)  # noqa: PT017 - either outcome is right
    else:
        assert canonical(found.url) == found
    assert is_job_link(text) in {True, False}
    assert all(link.lower().startswith("http") for link in find_links(text))


@pytest.mark.parametrize(
    "url",
    [url for url, _, _ in ON_BOARDS]
    + [
        "https://discord.com/jobs/7412345678",
        "https://jobs.acme.com/en/jobs/2567890-working-student-ml",
        "https://www.bosch.de/karriere/job/REF12345X-praktikum-ki/",
        "https://www.dlr.de/de/karriere-und-nachwuchs/stellenangebote/praktikum-maschinelles-lernen-12345",
        "https://acme.com/careers/machine-learning-intern-berlin",
        "https://openai.com/careers/research-scientist-intern-san-francisco/",
        "https://stripe.com/jobs/listing/phd-machine-learning-engineer-intern/6176783",
        "https://grnh.se/9a5dd53e1us",
        "https://cgi.njoyn.com/corp/xweb/XWeb.asp?Page=JobDetails&Jobid=J0823-1153",
        "https://careers.oracle.com/jobs/#en/sites/jobsearch/job/211119/",
    ],
)
def test_links_to_one_opening(url: str) -> None:
    assert is_job_link(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://jobs.lever.co/openai",
        "https://boards.greenhouse.io/anthropic",
        "https://jobs.ashbyhq.com/cohere",
        "https://www.linkedin.com/in/someone-12345678",
        "https://www.linkedin.com/jobs/search/?keywords=ml%20intern",
        "https://www.indeed.com/jobs?q=ml+intern&l=berlin",
        "https://github.com/acme/Summer2025-Internships",
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://openai.com/careers/search",
        "https://www.google.com/search?q=jobs+12345",
        f"{WORKDAY}/en-US/NVIDIAExternalCareerSite?q=intern",
        "https://www.amazon.jobs/en/teams/internships-for-students",
        "https://acme.com/blog/2024/our-careers-page-20241",
        "https://arxiv.org/abs/2401.12345",
        "https://simplify.jobs/c/NVIDIA",
        "https://stripe.com/jobs/university",
        "https://www.metacareers.com/jobs",
        "https://careers.acme.com/internships",
        "https://news.ycombinator.com/item?id=41709301",
        "https://discord.com/channels/123456789/98765432",
        "not a link",
    ],
)
def test_links_to_something_else(url: str) -> None:
    assert not is_job_link(url)


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("see https://a.com/x, and (https://b.de/y).", ["https://a.com/x", "https://b.de/y"]),
        ("<https://a.com/x?a=1&amp;b=2|the job> <https://b.de>", ["https://a.com/x?a=1&b=2", "https://b.de"]),
        ("[this](https://a.com/x_(y)) ![p](https://a.com/p.png)", ["https://a.com/x_(y)", "https://a.com/p.png"]),
        ("[https://a.com](https://a.com)", ["https://a.com"]),
        ("**https://a.com/x** `https://b.de` ||https://c.io/s||", ["https://a.com/x", "https://b.de", "https://c.io/s"]),
        ("_https://d.eu/_ “https://e.eu”", ["https://d.eu/", "https://e.eu"]),
        ("https://a.com/1,https://b.de/2 https://a.com/1!", ["https://a.com/1", "https://b.de/2"]),
        ("„https://a.com/x“… «https://b.de/y»", ["https://a.com/x", "https://b.de/y"]),
        ("no link, not even www.a.com", []),
    ],
)  # fmt: skip
def test_links_in_a_message(text: str, links: list[str]) -> None:
    assert find_links(text) == links
