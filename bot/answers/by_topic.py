"""Which topics are answered from the catalogue, and by what."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.answers import (
    admission,
    comparing,
    costs_and_scores,
    jobs,
    majors,
    schools,
)
from bot.answers.draft import Draft
from bot.answers.lookup import Lookup

#: Returns nothing when the question names nothing to look up.
Answer = Callable[[Lookup], Draft | None]

ANSWERS: Mapping[str, Answer] = {
    "study/where": schools.where,
    "study/majors": schools.majors,
    "study/major_info": majors.info,
    "study/compare_majors": majors.compare,
    "study/institution_info": schools.info,
    "study/compare_institutions": comparing.compare,
    "study/admission_methods": admission.methods,
    "study/subject_groups": costs_and_scores.groups,
    "study/admission_code": costs_and_scores.codes,
    "study/benchmark_score": costs_and_scores.scores,
    "study/tuition": costs_and_scores.tuition,
    "study/duration": costs_and_scores.duration,
    "study/scholarships": admission.scholarships,
    "study/vocational": schools.info,
    "study/postgraduate": schools.postgraduate,
    "study/short_courses": schools.info,
    "study/admission_calendar": admission.calendar,
    "career/opportunities": majors.opportunities,
    "career/role_info": jobs.role_info,
    "career/salary": jobs.salary,
    "career/employer_info": jobs.employer_info,
    "career/employers_cantho": jobs.employer_info,
    "training/certificates": jobs.certificate,
    "training/advanced_programs": schools.info,
    "training/foreign_language": admission.english,
}
#: Kind of entity a general answer lets the person choose from.
OFFERED: Mapping[str, str] = {
    "study/tuition": "institution",
    "study/benchmark_score": "institution",
    "study/admission_methods": "institution",
    "study/subject_groups": "institution",
    "study/admission_code": "institution",
    "study/duration": "institution",
    "study/institution_info": "institution",
    "study/major_info": "major",
    "study/where": "major",
    "career/opportunities": "major",
    "career/role_info": "role",
    "career/salary": "role",
    "career/employer_info": "employer",
    "training/certificates": "certificate",
}


def look_up(look: Lookup) -> Draft | None:
    """Return the answer from the catalogue, if the question names what it has."""
    topic, wants = look.question.topic, look.question.wants
    if "quota" in wants and topic in ANSWERS:
        # No topic is about quotas alone; they are asked for beside many.
        draft = costs_and_scores.quota(look)
        if draft is not None:
            return draft
    return ANSWERS[topic](look) if topic in ANSWERS else None
