"""HL7 FHIR Genomics Reporting 3.0.0 (STU 3, on FHIR R4): a report as a Bundle."""
