"""An invented province to try things on: organs, people, rights, listings and two years of cases.

The generators know nothing of rules, docket or matching: what they planted is written down apart, as the answer key,
and the summary says how much of it was found. Every firm, mark, shop and person here is made up.
"""
