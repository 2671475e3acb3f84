"""What submitters say about confidence is found; what their mail programs say is not."""

from __future__ import annotations

import pytest

from coder.ingest.people.wishes import find, sentences

WISHES = """
Please keep my name out of the report.
Please anonymise.
please dont use my real name
This is confidential.
We have no objection to publication.
Names have been changed.
Please treat this submission as confidential.
Please keep my name confidential.
Do not publish my name.
I would prefer not to be named.
I would like to remain anonymous.
Please don't use my name in the report.
This letter is not for publication.
I am writing in confidence.
I write to you in the strictest confidence.
We are happy to be named.
I am happy for you to quote me.
You may quote me.
You are welcome to publish this with my name.
You have my permission to use this story.
We consent to publication of our evidence.
Our response may be published in full.
Please withhold my name and address.
Name and address withheld please: leave out my name.
I do not want to be identified.
I'd rather you did not share this with anyone.
Please anonymise my details before you print it.
CONFIDENTIAL
Private and confidential.
This is off the record.
My name should not be published.
My identity must be kept private.
Please could this be kept anonymous?
I do not wish to be quoted.
We would ask that the council is not named.
We have no objection to our evidence being made public.
Please can you keep this between us and in confidence.
I give my permission for this to be published.
We don't mind being quoted.
Please do not attribute these remarks to me.
I would be grateful if my evidence could be treated in confidence.
This response is confidential.
I ask that you do not disclose my address.
Anonymous submission please.
I want my evidence to be published anonymously.
Please do not print the name of my street.
You can use my first name only.
Not for attribution.
I cannot be named because of my job.
I am content to be identified as the author.
Please don't use the first names in paragraph 5 without asking us again.
Both documents may be published with our names.
It may be published.
You can use this but please don't put my name or the town, so it stays anonymous please.
""".strip().splitlines()

OTHER_WORDS = """
This message is confidential. If you are not the intended recipient, please tell the sender.
Names were taken at the door.
This email is confidential and intended solely for the use of the individual to whom it is addressed.
If you have received this message in error please delete it and do not disclose its contents.
The contents of this e-mail and any attachments are confidential.
We have confidence in our neighbours.
People lost confidence in the council.
I named my dog Rex.
The council did not publish its figures.
The report was published in June.
Volunteers were confident.
Many people stayed anonymous in the city.
It gave me the confidence to go out.
We shared food with neighbours and did not stop.
Confidence in institutions fell.
Public transport should not be cut.
He quoted the minister.
The government should not use the name of science.
A confidential helpline opened in May.
The charity was named charity of the year.
Loneliness is a public health matter and we must not forget it.
Private hire drivers were laid off.
The names of the streets changed.
We can be public about the successes.
Local leaders must not ignore the public.
""".strip().splitlines()  # noqa: E501


@pytest.mark.parametrize("sentence", WISHES)
def test_a_wish_about_publication_is_found(sentence: str) -> None:
    assert sentences(sentence) == (sentence,)


@pytest.mark.parametrize("sentence", OTHER_WORDS)
def test_other_words_about_confidence_and_names_are_no_wish(sentence: str) -> None:
    assert find(sentence) == []


def test_the_places_are_code_points_in_the_text() -> None:
    text = "Hello 🙂.\n\nWe ran a kitchen.\nPlease do not publish my name. Thank you."

    ((start, end),) = find(text)

    assert text[start:end] == "Please do not publish my name."
