"""The workflow: from a submission to a settlement that is published; what the state allows, what a person may do."""
