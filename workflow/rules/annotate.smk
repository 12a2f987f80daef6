rule annotate:
    """A run's distinct alleles: names, consequence, evidence and class, once each."""
    input:
        intake_folders(PEOPLE),
    output:
        table=f"{RESULTS}/work/alleles.json",
        vcf=directory(f"{RESULTS}/work/annotated"),
    log:
        f"{RESULTS}/work/logs/annotate.log",
    conda:
        "../envs/higm_annot.yaml"
    params:
        made_with=MADE_WITH,
        evidence=WITH_EVIDENCE,
        record=WITH_RECORD,
        classes=CLASSES,
    shell:
        "higm-annot stage annotate {params.evidence} --table {output.table:q} --vcf {output.vcf:q} {params.record} {input:q} 2> {log:q}"
