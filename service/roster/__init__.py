"""Lists of candidates from an applicant tracking system: matched with the files of a pile, their ids kept, their statuses taken over."""
