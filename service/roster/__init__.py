"""Match lists of candidates from an applicant tracking system with the files of a pile, keep their ids, take over their statuses."""
