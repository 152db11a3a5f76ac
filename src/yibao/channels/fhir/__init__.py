"""The FHIR R4 read face under /fhir/: who is insured, where, and may he or she claim today (needs the extra `fhir`)."""
