"""How each job board, and each large company's own site, writes the address of one opening: a table of rules.

A rule's `path` is matched against the whole path (without trailing slash and "/apply"), whatever its case. `url` and
`number` are filled in from its named groups and from {host}, {site} (the host's first label) and {id}; where
`parameter` is given, {id} is the value of the first query parameter that it matches.
"""

import re
from dataclasses import dataclass, field

UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_LOCALE = r"(?:/[a-z]{2}(?:[-_][a-z]{2,4})?)?"
_REST = r"(?:/.*)?"


@dataclass(frozen=True, slots=True)
class Rule:
    """One way in which a board writes an opening's address."""

    board: str
    host: str
    """The host, or a domain that the host stands below; empty for a kind of site that many hosts serve."""
    path: str
    url: str
    number: str = "{site}/{id}"
    """What names the opening on the board: "{id}" alone where the board counts all companies together."""
    parameter: str = ""
    value: str = r"[\w.~+-]{1,80}"
    """What the parameter's value looks like where it names an opening."""
    matches: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "matches", re.compile(self.path, re.IGNORECASE))


BOARDS: tuple[Rule, ...] = (
    Rule("lever", "lever.co", rf"(?:/v0/postings)?/(?P<org>[^/]+)/(?P<id>{UUID})",
         "https://{lever}/{org}/{id}", "{id}"),
    Rule("ashby", "ashbyhq.com", rf"/(?P<org>[^/]+)/(?P<id>{UUID})", "https://jobs.ashbyhq.com/{org}/{id}", "{id}"),
    Rule("smartrecruiters", "smartrecruiters.com", r"/(?P<org>[^/]+)/(?P<id>\d{9,})(?:-[^/]*)?",
         "https://jobs.smartrecruiters.com/{org}/{id}", "{id}"),
    Rule("smartrecruiters", "smartrecruiters.com", rf"(?:/[^/]+)*/company/(?P<org>[^/]+)/publication/(?P<id>{UUID})",
         "https://jobs.smartrecruiters.com/oneclick-ui/company/{org}/publication/{id}", "{id}"),
    Rule("workable", "apply.workable.com", r"(?:/[^/]+)?/j(?:obs)?/(?P<id>[0-9a-f]{8,12})", "https://{host}/j/{id}",
         "{id}"),
    Rule("workable", "jobs.workable.com", r"/view/(?P<id>\w+)(?:/.*)?", "https://{host}/view/{id}", "{id}"),
    Rule("workable", "workable.com", r"/(?:j|jobs)/(?P<id>[0-9a-z]{5,})", "https://{host}/jobs/{id}"),
    Rule("icims", "icims.com", rf"/jobs/(?P<id>\d+){_REST}", "https://{host}/jobs/{id}/job"),
    Rule("oracle", "oraclecloud.com",
         rf".*/sites/(?P<org>[^/]+)/(?:[^/]+/)*?(?:job|preview)/(?P<id>[\w-]*\d[\w-]*){_REST}",
         "https://{host}/hcmUI/CandidateExperience/en/sites/{org}/job/{id}"),
    Rule("taleo", "tbe.taleo.net", r".*", "https://{host}{path}?org={org}&rid={id}", "{org}/{id}", "rid"),
    Rule("taleo", "taleo.net", r".*/jobdetail\.ftl", "https://{host}{path}?job={id}", parameter="job"),
    Rule("successfactors", "successfactors.com", r".*", "https://{host}/career?career_job_req_id={id}&company={company}",
         "{company}/{id}", "career_job_req_id|jobid"),
    Rule("successfactors", "successfactors.eu", r".*", "https://{host}/career?career_job_req_id={id}&company={company}",
         "{company}/{id}", "career_job_req_id|jobid"),
    Rule("successfactors", "sapsf.com", r".*", "https://{host}/career?career_job_req_id={id}&company={company}",
         "{company}/{id}", "career_job_req_id|jobid"),
    Rule("successfactors", "sapsf.eu", r".*", "https://{host}/career?career_job_req_id={id}&company={company}",
         "{company}/{id}", "career_job_req_id|jobid"),
    Rule("bamboohr", "bamboohr.com", r"/(?:careers|jobs)/(?:view/)?(?P<id>\d+)(?:/detail)?", "https://{host}/careers/{id}"),
    Rule("bamboohr", "bamboohr.com", r"/jobs/view\.php", "https://{host}/careers/{id}", parameter="id", value=r"\d+"),
    Rule("recruitee", "recruitee.com", r"/o/(?P<id>[^/]+)(?:/c/.*)?", "https://{host}/o/{id}"),
    Rule("personio", "jobs.personio.de", r"/job/(?P<id>\d+)", "https://{host}/job/{id}"),
    Rule("personio", "jobs.personio.com", r"/job/(?P<id>\d+)", "https://{host}/job/{id}"),
    Rule("jobvite", "jobvite.com", r"/(?:careers/)?(?P<org>[^/]+)/job/(?P<id>\w+)", "https://jobs.jobvite.com/{org}/job/{id}",
         "{id}"),
    Rule("jobvite", "jobvite.com", r"/companyjobs/.*", "https://{host}{path}?j={id}", "{id}", "j"),
    Rule("eightfold", "eightfold.ai", r"/careers/job/(?P<id>\d+)(?:-[^/]*)?",
         "https://{host}/careers/job/{id}", "{id}"),
    Rule("eightfold", "eightfold.ai", r".*", "https://{host}/careers/job/{id}", "{id}", "pid", r"\d+"),
    Rule("linkedin", "linkedin.com", rf"(?:/comm)?/jobs/view/(?:[^/]*-)?(?P<id>\d{{6,}}){_REST}",
         "https://linkedin.com/jobs/view/{id}", "{id}"),
    Rule("linkedin", "linkedin.com", r"/jobs.*", "https://linkedin.com/jobs/view/{id}", "{id}", "currentjobid",
         r"\d{6,}"),
    Rule("indeed", "indeed.com", r".*", "https://{host}/viewjob?jk={id}", "{id}", "jk|vjk"),
    Rule("simplify", "simplify.jobs", rf"/(?:p|jobs/click)/(?P<id>{UUID}){_REST}", "https://{host}/p/{id}", "{id}"),
    Rule("glassdoor", "glassdoor.com", r".*", "https://{host}{path}?jl={id}", "{id}", "jl|joblistingid"),
    Rule("rippling", "ats.rippling.com", rf"{_LOCALE}/(?P<org>[^/]+)/jobs/(?P<id>{UUID})", "https://{host}/{org}/jobs/{id}",
         "{id}"),
    Rule("breezy", "breezy.hr", r"/p/(?P<id>[0-9a-f]{8,})(?:-[^/]*)?", "https://{host}/p/{id}", "{id}"),
    Rule("teamtailor", "teamtailor.com", rf"{_LOCALE}/jobs/(?P<id>\d{{4,}})(?:-[^/]*)?", "https://{host}/jobs/{id}",
         "{id}"),
    Rule("ultipro", "ultipro.com", r"/(?P<org>[^/]+)/jobboard/(?P<desk>[^/]+)/opportunitydetail",
         "https://{host}/{org}/JobBoard/{desk}/OpportunityDetail?opportunityId={id}", "{id}", "opportunityid"),
    Rule("avature", "avature.net", rf"{_LOCALE}/(?P<org>[^/]+)/(?:job|folder)detail(?:/[^/]*)*?/(?P<id>\d+)",
         "https://{host}/{org}/JobDetail?jobId={id}"),
    Rule("avature", "avature.net", rf"{_LOCALE}/(?P<org>[^/]+)/(?:job|folder)detail",
         "https://{host}/{org}/JobDetail?jobId={id}", parameter="jobid|folderid"),
    Rule("dayforce", "dayforcehcm.com", r"(?:/[^/]+)*/(?P<org>[^/]+)/(?:[^/]+/)*?posting/view/(?P<id>\d+)",
         "https://{host}{path}", "{org}/{id}"),
    Rule("dayforce", "jobs.dayforcehcm.com", rf"{_LOCALE}/(?P<org>[^/]+)/(?P<desk>[^/]+)/jobs/(?P<id>\d+)",
         "https://{host}/{org}/{desk}/jobs/{id}", "{org}/{id}"),
    Rule("paylocity", "paylocity.com", r"(?:/[^/]+)*/(?:jobs/)?details/(?P<id>\d+)(?:/.*)?",
         "https://{host}/Recruiting/Jobs/Details/{id}", "{id}"),
    Rule("adp", "recruiting.adp.com", r".*", "https://{host}{path}?c={c}&d={d}&r={id}", "{id}", "r"),
    Rule("adp", "workforcenow.adp.com", r".*", "https://{host}{path}?cid={cid}&jobId={id}", "{cid}/{id}", "jobid"),
    Rule("tal", "tal.net", r"/vx/(?:.*/)?(?:opp|apply)/(?P<id>\d+)(?:-[^/]*)?(?:/.*)?", "https://{host}/vx/candidate/apply/{id}"),
    Rule("brassring", "brassring.com", r"/tgnewui/.*",
         "https://{host}/TGnewUI/Search/home/HomeWithPreLoad?jobid={id}&partnerid={partnerid}&siteid={siteid}",
         "{partnerid}/{id}", "jobid"),
    Rule("ripplematch", "ripplematch.com", r"/v2/public/job/(?P<id>[0-9a-f]{6,})(?:/details)?",
         "https://{host}/v2/public/job/{id}/details", "{id}"),
    Rule("dover", "dover.com", rf"/apply/(?P<org>[^/]+)/(?P<id>{UUID})", "https://{host}/apply/{org}/{id}", "{id}"),
    Rule("dover", "dover.io", rf"/apply/(?P<org>[^/]+)/(?P<id>{UUID})", "https://{host}/apply/{org}/{id}", "{id}"),
    Rule("jazzhr", "applytojob.com", r"/apply/(?:jobs/details/)?(?P<id>\w{8,14})(?:/.*)?",
         "https://{host}/apply/{id}"),
    Rule("gr8people", "gr8people.com", r"/jobs/(?P<id>\d+)(?:/[^/]*)?", "https://{host}/jobs/{id}"),
    Rule("handshake", "joinhandshake.com", r"(?:/stu)?/(?:jobs|job-search)/(?P<id>\d+)", "https://{host}/jobs/{id}",
         "{id}"),
    Rule("wellfound", "wellfound.com", r"(?:/company/[^/]+)?/jobs/(?P<id>\d+)(?:-[^/]*)?", "https://{host}/jobs/{id}",
         "{id}"),
    Rule("ycombinator", "ycombinator.com", r"/companies/(?P<org>[^/]+)/jobs/(?P<id>\w{5,9})(?:-[^/]*)?",
         "https://{host}/companies/{org}/jobs/{id}"),
    Rule("ycombinator", "workatastartup.com", r"/jobs/(?P<id>\d+)", "https://{host}/jobs/{id}"),
)  # fmt: skip

COMPANIES: tuple[Rule, ...] = (
    Rule("amazon", "amazon.jobs", rf"{_LOCALE}/jobs/(?P<id>\d+){_REST}", "https://amazon.jobs/en/jobs/{id}", "{id}"),
    Rule("google", "google.com", r"(?:/about/careers/applications)?/jobs/results/(?P<id>\d+)(?:-[^/]*)?",
         "https://google.com/about/careers/applications/jobs/results/{id}", "{id}"),
    Rule("meta", "metacareers.com", r"(?:/v2)?/(?:jobs|profile/job_details)/(?P<id>\d+)",
         "https://metacareers.com/jobs/{id}", "{id}"),
    Rule("apple", "jobs.apple.com", rf"{_LOCALE}/details/(?P<id>\d+(?:-\d+)?)(?:/.*)?",
         "https://jobs.apple.com/en-us/details/{id}", "{id}"),
    Rule("microsoft", "jobs.careers.microsoft.com", r"/\w+/\w+/job/(?P<id>\d+)(?:/.*)?",
         "https://jobs.careers.microsoft.com/global/en/job/{id}", "{id}"),
    Rule("bytedance", "careers.tiktok.com", r"/position/(?P<id>\d+)(?:/detail)?", "https://lifeattiktok.com/search/{id}",
         "{id}"),
    Rule("bytedance", "lifeattiktok.com", r"/(?:search|position)/(?P<id>\d+)(?:/detail)?",
         "https://lifeattiktok.com/search/{id}", "{id}"),
    Rule("bytedance", "jobs.bytedance.com", r"(?:/[^/]+)?/position/(?:detail/)?(?P<id>\d+)(?:/detail)?",
         "https://joinbytedance.com/search/{id}", "{id}"),
    Rule("bytedance", "joinbytedance.com", r"/(?:search|position)/(?P<id>\d+)(?:/detail)?",
         "https://joinbytedance.com/search/{id}", "{id}"),
    Rule("uber", "uber.com", r"/\w+/\w+/careers/list/(?P<id>\d+)", "https://uber.com/global/en/careers/list/{id}",
         "{id}"),
    Rule("tesla", "tesla.com", r"(?:/[a-z]{2}_[a-z]{2})?/careers/search/job/(?:[^/]*-)?(?P<id>\d+)",
         "https://tesla.com/careers/search/job/{id}", "{id}"),
    Rule("ibm", "careers.ibm.com", r"/job/(?P<id>\d+)(?:/.*)?", "https://careers.ibm.com/job/{id}", "{id}"),
)  # fmt: skip
"""Companies that hire so many that their own sites are boards."""

FAMILIES: tuple[Rule, ...] = (
    Rule("eightfold", "", r"/careers/job/(?P<id>\d{8,})(?:-[^/]*)?", "https://{host}/careers/job/{id}", "{id}"),
    Rule("eightfold", "", r"/careers(?:/job)?", "https://{host}/careers/job/{id}", "{id}", "pid", r"\d{8,}"),
    Rule("brassring", "", r"/tgnewui/.*",
         "https://{host}/TGnewUI/Search/home/HomeWithPreLoad?jobid={id}&partnerid={partnerid}&siteid={siteid}",
         "{partnerid}/{id}", "jobid"),
    Rule("phenom", "",
         r"/(?P<area>[a-z]{2}|global)/(?P<lang>[a-z]{2}(?:-[a-z]{2})?)/job/(?P<id>[\w.-]*\d[\w.-]*)(?:/[^/]*)?",
         "https://{host}/{area}/{lang}/job/{id}", "{host}/{id}"),
    Rule("radancy", "", rf"{_LOCALE}/job/[^/]+/[^/]+/(?P<org>\d{{2,6}})/(?P<id>\d{{8,}})",
         "https://{host}/job/-/-/{org}/{id}", "{org}/{id}"),
    Rule("successfactors", "", r"(?:/[^/]+)?/job/[^/]+/(?P<id>\d{8,})", "https://{host}{path}", "{host}/{id}"),
)  # fmt: skip
"""Career sites of one maker on the companies' own hosts, told by the shape of their paths."""
