"""Questionnaires in FHIR R4 (https://hl7.org/fhir/R4/questionnaire.html): read in bounds, answered, summed. Never interpreted.

`reading` turns a file into a `Form` and says in words what it cannot use; `answering` holds a person's answers as a
tree, says which questions are open, and writes and reads `QuestionnaireResponse`; `expressions` and `scoring` add up.
"""
