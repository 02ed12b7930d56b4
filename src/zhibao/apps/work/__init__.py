"""What is asked of the machine: jobs that wait their turn, what runs at set times, and answers kept for those who ask twice.

Knows no job's content: the functions stand in ``zhibao.jobs``, above.
"""
