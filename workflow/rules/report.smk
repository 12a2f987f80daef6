# One rule a batch: the reports are named outputs, so a deleted one is made again and a missing one is an error.
for _batch, _people in sorted(FAMILY_BATCHES.items()):

    rule:
        name:
            f"report_{_batch}"
        input:
            sheet=SHEET,
            ped=PED,
            alleles=rules.annotate.output.table,
            intake=intake_folders(_people),
            outside=outside_files(_people),
        output:
            reports(_people),
            problems=f"{RESULTS}/work/problems/{_batch}.json",
        log:
            f"{RESULTS}/work/logs/report.{_batch}.log",
        conda:
            "../envs/higm_annot.yaml"
        params:
            made_with=MADE_WITH,
            evidence=WITH_EVIDENCE,
            ped=WITH_PED,
            batch=_batch,
            batches=BATCHES,
            formats=FORMATS,
            lab=WITH_LAB,
            letterhead=LETTERHEAD,
            results=lambda wildcards, output: Path(output.problems).parents[2],
        shell:
            "higm-annot stage report --samples {input.sheet:q} {params.ped} --batch {params.batch} --batches {params.batches}"
            " --alleles {input.alleles:q} --problems {output.problems:q} {params.evidence} {params.lab} --formats {params.formats} --out {params.results:q} {input.intake:q} 2> {log:q}"
