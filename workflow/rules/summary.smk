rule summary:
    """Everything about the run as a whole; succeeds whatever became of single samples."""
    input:
        sheet=SHEET,
        ped=PED,
        reports=[f"{RESULTS}/reports/{person.sample}.json" for person in PEOPLE],
        intake=intake_folders(PEOPLE),
        problems=[
            f"{RESULTS}/work/problems/{batch}.json" for batch in sorted(FAMILY_BATCHES)
        ],
    output:
        index=f"{RESULTS}/index.html",
        table=f"{RESULTS}/summary.tsv",
        multiqc=f"{RESULTS}/higm_annot_mqc.tsv",
        ledger=f"{RESULTS}/ledger.tsv",
        problems=f"{RESULTS}/problems.tsv",
        run=f"{RESULTS}/run.json",
    log:
        f"{RESULTS}/work/logs/summary.log",
    conda:
        "../envs/higm_annot.yaml"
    params:
        made_with=MADE_WITH,
        ped=WITH_PED,
        results=lambda wildcards, output: Path(output.run).parent,
    shell:
        "higm-annot stage summary --samples {input.sheet:q} {params.ped} --out {params.results:q} --problems {input.problems:q} -- {input.intake:q} 2> {log:q}"


rule gate:
    """Fails, naming the samples, if any sample failed or lacks a report."""
    input:
        sheet=SHEET,
        ped=PED,
        run=f"{RESULTS}/run.json",
        reports=reports(PEOPLE),
    output:
        touch(f"{RESULTS}/work/gate.ok"),
    log:
        f"{RESULTS}/work/logs/gate.log",
    conda:
        "../envs/higm_annot.yaml"
    params:
        made_with=MADE_WITH,
        ped=WITH_PED,
        results=lambda wildcards, output: Path(output[0]).parents[1],
        formats=FORMATS,
        observations=OBSERVATIONS,
    shell:
        "higm-annot stage gate --samples {input.sheet:q} {params.ped} --formats {params.formats} {params.observations} --out {params.results:q} 2>&1 | tee {log:q}"
