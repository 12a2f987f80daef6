rule filter:
    """Files to people: cut each file to the panel, normalise, account for every record."""
    input:
        sheet=SHEET,
        ped=PED,
        files=lambda wildcards: existing(
            FILE_BATCHES[int(wildcards.batch)], ("vcf", "coverage")
        ),
    output:
        directory(f"{RESULTS}/work/intake/{{batch}}"),
    log:
        f"{RESULTS}/work/logs/filter.{{batch}}.log",
    conda:
        "../envs/higm_annot.yaml"
    params:
        made_with=MADE_WITH,
        ped=WITH_PED,
        batches=BATCHES,
        build=BUILD,
        sex_check=SEX_CHECK,
    shell:
        "higm-annot stage filter --samples {input.sheet:q} {params.ped} --batch {wildcards.batch} --batches {params.batches}"
        " {params.build} {params.sex_check} --out {output:q} 2> {log:q}"
