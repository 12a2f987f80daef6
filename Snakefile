# The entry point of `snakemake` at the root of the repository. The default rule stands here on purpose: a root file that
# only includes another has no target of its own, so Snakemake would do nothing and exit 0.
include: "workflow/Snakefile"


rule default:
    default_target: True
    input:
        rules.all.input,
