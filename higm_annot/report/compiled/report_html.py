# Made by higm_annot.report.precompile from templates/report.html; do not edit.
# mypy: ignore-errors
MADE_WITH = '3.1.6'
MADE_FROM = '0dc71b71653c73c650429380067923bba6746c1bb7aa5703ca3c9261bc46af43'
from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
name = 'report.html'

def root(context, missing=missing):
    resolve = context.resolve_or_missing
    undefined = environment.undefined
    concat = environment.concat
    cond_expr_undefined = Undefined
    if 0: yield None
    l_0_report = resolve('report')
    l_0_css = resolve('css')
    l_0_say = resolve('say')
    l_0_facts = resolve('facts')
    l_0_failed = resolve('failed')
    l_0_hold = resolve('hold')
    l_0_tone = resolve('tone')
    l_0_label = resolve('label')
    l_0_problems = resolve('problems')
    l_0_conclusions = resolve('conclusions')
    l_0_variants = resolve('variants')
    l_0_genes = resolve('genes')
    l_0_compact = resolve('compact')
    l_0_rules = resolve('rules')
    l_0_sources = resolve('sources')
    l_0_provenance = resolve('provenance')
    l_0_refs = l_0_bullets = l_0_l = missing
    pass
    def macro(l_1_numbers):
        t_1 = []
        if l_1_numbers is missing:
            l_1_numbers = undefined("parameter 'numbers' was not provided", name='numbers')
        pass
        if l_1_numbers:
            pass
            t_1.append(
                '<span class="refs soft">[',
            )
            l_2_loop = missing
            for l_2_n, l_2_loop in LoopContext(l_1_numbers, undefined):
                _loop_vars = {}
                pass
                t_1.extend((
                    '<a href="#s',
                    escape(l_2_n),
                    '">',
                    escape(l_2_n),
                    '</a>',
                ))
                if (not environment.getattr(l_2_loop, 'last')):
                    pass
                    t_1.append(
                        ',',
                    )
            l_2_loop = l_2_n = missing
            t_1.append(
                ']</span>',
            )
        return concat(t_1)
    context.exported_vars.add('refs')
    context.vars['refs'] = l_0_refs = Macro(environment, macro, 'refs', ('numbers',), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_items):
        t_2 = []
        if l_1_items is missing:
            l_1_items = undefined("parameter 'items' was not provided", name='items')
        pass
        if l_1_items:
            pass
            t_2.append(
                '<ul>',
            )
            for l_2_item in l_1_items:
                _loop_vars = {}
                pass
                t_2.extend((
                    '<li>',
                    escape(l_2_item),
                    '</li>',
                ))
            l_2_item = missing
            t_2.append(
                '</ul>',
            )
        return concat(t_2)
    context.exported_vars.add('bullets')
    context.vars['bullets'] = l_0_bullets = Macro(environment, macro, 'bullets', ('items',), False, False, False, context.eval_ctx.autoescape)
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="robots" content="noindex">\n<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'">\n<title>'
    yield escape(environment.getattr(environment.getattr((undefined(name='report') if l_0_report is missing else l_0_report), 'sample'), 'id'))
    yield ': hyper-IgM panel report</title>\n<style>'
    yield escape((undefined(name='css') if l_0_css is missing else l_0_css))
    yield '</style>\n</head>\n<body>\n<a class="skip" href="#main">To the result</a>\n<div class="banner" role="note"><div class="wrap">'
    yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'banner'))
    yield '</div></div>\n<header class="wrap top">\n<p class="soft">Hyper-IgM panel: CD40LG, CD40, AICDA, UNG, IKBKG, PMS2</p>\n<h1>'
    yield escape(environment.getattr(environment.getattr((undefined(name='report') if l_0_report is missing else l_0_report), 'sample'), 'id'))
    yield '</h1>\n<dl class="facts">'
    for (l_1_name, l_1_value) in (undefined(name='facts') if l_0_facts is missing else l_0_facts):
        _loop_vars = {}
        pass
        yield '<div><dt>'
        yield escape(l_1_name)
        yield '</dt><dd>'
        yield escape(l_1_value)
        yield '</dd></div>'
    l_1_name = l_1_value = missing
    yield '</dl>\n</header>\n<main id="main" class="wrap">\n'
    if (undefined(name='failed') if l_0_failed is missing else l_0_failed):
        pass
        yield '<p class="stop high">'
        yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'failed_banner'))
        yield '</p>\n'
    elif (undefined(name='hold') if l_0_hold is missing else l_0_hold):
        pass
        yield '<p class="stop high">'
        yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'hold'))
        yield '</p>\n'
    yield '<section class="result '
    yield escape((undefined(name='tone') if l_0_tone is missing else l_0_tone))
    yield '" aria-labelledby="result">\n<h2 id="result">Result: <span class="chip '
    yield escape((undefined(name='tone') if l_0_tone is missing else l_0_tone))
    yield '">'
    yield escape((undefined(name='label') if l_0_label is missing else l_0_label))
    yield '</span></h2>\n<p class="say">'
    yield escape(environment.getattr(environment.getattr((undefined(name='report') if l_0_report is missing else l_0_report), 'headline'), 'text'))
    yield '</p>\n'
    yield escape(context.call((undefined(name='bullets') if l_0_bullets is missing else l_0_bullets), environment.getattr(environment.getattr((undefined(name='report') if l_0_report is missing else l_0_report), 'headline'), 'detail')))
    yield '\n</section>\n<section aria-labelledby="warnings">\n<h2 id="warnings">Warnings</h2>\n'
    if (undefined(name='problems') if l_0_problems is missing else l_0_problems):
        pass
        yield '<ul class="warnings">\n'
        for l_1_p in (undefined(name='problems') if l_0_problems is missing else l_0_problems):
            _loop_vars = {}
            pass
            yield '<li class="is-'
            yield escape(environment.getattr(l_1_p, 'severity'))
            yield '"><strong>'
            yield escape(environment.getattr(l_1_p, 'label'))
            yield ':</strong> '
            yield escape(environment.getattr(l_1_p, 'message'))
            yield ' '
            yield escape(environment.getattr(l_1_p, 'remedy'))
            yield ' <span class="soft">'
            yield escape(environment.getattr(l_1_p, 'code'))
            if environment.getattr(l_1_p, 'place'):
                pass
                yield ', '
                yield escape(environment.getattr(l_1_p, 'place'))
            yield '</span></li>\n'
        l_1_p = missing
        yield '</ul>\n'
    else:
        pass
        yield '<p class="soft">'
        yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'no_problems'))
        yield '</p>\n'
    yield '</section>\n'
    if (not (undefined(name='failed') if l_0_failed is missing else l_0_failed)):
        pass
        yield '<section aria-labelledby="conclusions">\n<h2 id="conclusions">Conclusions by gene</h2>\n'
        if (undefined(name='conclusions') if l_0_conclusions is missing else l_0_conclusions):
            pass
            yield '<table class="stack">\n<thead><tr><th scope="col">Gene</th><th scope="col">Conclusion</th><th scope="col">Found</th><th scope="col">Why</th><th scope="col">Next tests</th><th scope="col">Sources</th></tr></thead>\n<tbody>\n'
            for l_1_c in (undefined(name='conclusions') if l_0_conclusions is missing else l_0_conclusions):
                _loop_vars = {}
                pass
                yield '<tr>\n<th scope="row">'
                yield escape(environment.getattr(l_1_c, 'gene'))
                yield '</th>\n<td><span class="chip '
                yield escape(environment.getattr(l_1_c, 'tone'))
                yield '">'
                yield escape(environment.getattr(l_1_c, 'label'))
                yield '</span>'
                if environment.getattr(l_1_c, 'unresolved'):
                    pass
                    yield '<p><strong>'
                    yield escape(environment.getattr(l_1_c, 'unresolved'))
                    yield '</strong></p>'
                if environment.getattr(l_1_c, 'if_confirmed'):
                    pass
                    yield '<p class="soft">If confirmed: '
                    yield escape(environment.getattr(l_1_c, 'if_confirmed'))
                    yield '</p>'
                if environment.getattr(l_1_c, 'disease'):
                    pass
                    yield '<p>'
                    yield escape(environment.getattr(l_1_c, 'disease'))
                    yield '</p>'
                if environment.getattr(l_1_c, 'inheritance'):
                    pass
                    yield '<p class="soft">'
                    yield escape(environment.getattr(l_1_c, 'inheritance'))
                    yield '</p>'
                yield '</td>\n<td data-t="Found">'
                if environment.getattr(l_1_c, 'diplotype'):
                    pass
                    yield '<span class="hgvs">'
                    yield escape(environment.getattr(l_1_c, 'diplotype'))
                    yield '</span>'
                    if environment.getattr(l_1_c, 'phase'):
                        pass
                        yield ' <span class="soft">'
                        yield escape(environment.getattr(l_1_c, 'phase'))
                        yield '</span>'
                t_3 = 1
                for (l_2_target, l_2_name, l_2_state) in environment.getattr(l_1_c, 'variants'):
                    _loop_vars = {}
                    pass
                    yield '<p><a class="hgvs" href="#'
                    yield escape(l_2_target)
                    yield '">'
                    yield escape(l_2_name)
                    yield '</a> <span class="soft">'
                    yield escape(l_2_state)
                    yield '</span></p>'
                    t_3 = 0
                l_2_target = l_2_name = l_2_state = missing
                if t_3:
                    pass
                    if (not environment.getattr(l_1_c, 'diplotype')):
                        pass
                        yield 'nothing reportable'
                yield '</td>\n<td data-t="Why">'
                yield escape(context.call((undefined(name='bullets') if l_0_bullets is missing else l_0_bullets), environment.getattr(l_1_c, 'reasons'), _loop_vars=_loop_vars))
                yield '</td>\n<td data-t="Next tests">'
                yield escape(context.call((undefined(name='bullets') if l_0_bullets is missing else l_0_bullets), environment.getattr(l_1_c, 'next_tests'), _loop_vars=_loop_vars))
                yield '</td>\n<td data-t="Sources">'
                yield escape(context.call((undefined(name='refs') if l_0_refs is missing else l_0_refs), environment.getattr(l_1_c, 'references'), _loop_vars=_loop_vars))
                yield '</td>\n</tr>\n'
            l_1_c = missing
            yield '</tbody>\n</table>\n'
        else:
            pass
            yield '<p class="soft">'
            yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'no_conclusions'))
            yield '</p>\n'
        yield '</section>\n<section aria-labelledby="variants">\n<h2 id="variants">Variants named by a conclusion</h2>\n'
        t_4 = 1
        for l_1_v in (undefined(name='variants') if l_0_variants is missing else l_0_variants):
            _loop_vars = {}
            pass
            yield '<article class="card" id="'
            yield escape(environment.getattr(l_1_v, 'anchor'))
            yield '">\n<h3>'
            yield escape(environment.getattr(l_1_v, 'gene'))
            yield ' <span class="hgvs">'
            yield escape(environment.getattr(l_1_v, 'name'))
            yield '</span>'
            if environment.getattr(l_1_v, 'protein'):
                pass
                yield ' <span class="hgvs">'
                yield escape(environment.getattr(l_1_v, 'protein'))
                yield '</span>'
            yield ' <span class="chip '
            yield escape(environment.getattr(l_1_v, 'tone'))
            yield '">'
            yield escape(environment.getattr(l_1_v, 'label'))
            yield '</span></h3>\n<dl class="pairs">'
            for (l_2_name, l_2_value) in environment.getattr(l_1_v, 'facts'):
                _loop_vars = {}
                pass
                yield '<dt>'
                yield escape(l_2_name)
                yield '</dt><dd>'
                yield escape(l_2_value)
                yield '</dd>'
            l_2_name = l_2_value = missing
            yield '</dl>\n<h4>Class</h4>\n<p><strong>'
            yield escape(environment.getattr(l_1_v, 'label'))
            yield '</strong> ('
            yield escape(environment.getattr(l_1_v, 'basis'))
            yield '; '
            yield escape(environment.getattr(l_1_v, 'points'))
            yield ' points). '
            yield escape(environment.getattr(l_1_v, 'reason'))
            yield '</p>\n'
            yield escape(context.call((undefined(name='bullets') if l_0_bullets is missing else l_0_bullets), environment.getattr(l_1_v, 'caps'), _loop_vars=_loop_vars))
            yield '\n'
            if environment.getattr(l_1_v, 'criteria'):
                pass
                yield '<table class="stack">\n<thead><tr><th scope="col">Criterion</th><th scope="col">Strength</th><th scope="col" class="n">Points</th><th scope="col">Evidence</th><th scope="col">Source</th></tr></thead>\n<tbody>'
                for (l_2_one, l_2_numbers) in environment.getattr(l_1_v, 'criteria'):
                    _loop_vars = {}
                    pass
                    yield '<tr><th scope="row">'
                    yield escape(environment.getattr(l_2_one, 'code'))
                    yield '</th><td data-t="Strength">'
                    yield escape(environment.getattr(l_2_one, 'strength'))
                    yield '</td><td class="n" data-t="Points">'
                    yield escape(environment.getattr(l_2_one, 'points'))
                    yield '</td><td>'
                    yield escape(environment.getattr(l_2_one, 'evidence'))
                    yield '</td><td data-t="Source">'
                    yield escape(context.call((undefined(name='refs') if l_0_refs is missing else l_0_refs), l_2_numbers, _loop_vars=_loop_vars))
                    yield '</td></tr>\n'
                l_2_one = l_2_numbers = missing
                yield '</tbody></table>'
            yield '\n'
            if environment.getattr(l_1_v, 'evidence'):
                pass
                yield '<h4>Evidence</h4>\n<table class="stack">\n<thead><tr><th scope="col">Record</th><th scope="col">Dated</th><th scope="col">It says</th><th scope="col">Source</th></tr></thead>\n<tbody>'
                for (l_2_one, l_2_numbers) in environment.getattr(l_1_v, 'evidence'):
                    _loop_vars = {}
                    pass
                    yield '<tr><th scope="row" class="any">'
                    yield escape(environment.getattr(l_2_one, 'record'))
                    yield '</th><td data-t="Dated">'
                    yield escape(environment.getattr(l_2_one, 'dated'))
                    yield '</td><td>'
                    if environment.getattr(l_2_one, 'said'):
                        pass
                        yield '<strong>'
                        yield escape(environment.getattr(l_2_one, 'said'))
                        yield '</strong>'
                        if environment.getattr(l_2_one, 'review'):
                            pass
                            yield ' ('
                            yield escape(environment.getattr(l_2_one, 'review'))
                            yield ')'
                        yield '. '
                    yield escape(environment.getattr(l_2_one, 'statement'))
                    if environment.getattr(l_2_one, 'scope'):
                        pass
                        yield ' <span class="soft">'
                        yield escape(environment.getattr(l_2_one, 'scope'))
                        yield '</span>'
                    if environment.getattr(l_2_one, 'old'):
                        pass
                        yield ' <span class="soft">('
                        yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'old_record'))
                        yield ')</span>'
                    if environment.getattr(l_2_one, 'unreliable'):
                        pass
                        yield ' <span class="soft">('
                        yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'unreliable_frequency'))
                        yield ')</span>'
                    yield '</td><td data-t="Source">'
                    yield escape(context.call((undefined(name='refs') if l_0_refs is missing else l_0_refs), l_2_numbers, _loop_vars=_loop_vars))
                    yield '</td></tr>\n'
                l_2_one = l_2_numbers = missing
                yield '</tbody></table>'
            yield '\n'
            if environment.getattr(l_1_v, 'transcripts'):
                pass
                yield '<h4>Names by transcript</h4>\n<table class="stack">\n<thead><tr><th scope="col">Transcript</th><th scope="col">Coding name</th><th scope="col">Protein</th></tr></thead>\n<tbody>'
                for (l_2_accession, l_2_c, l_2_p, l_2_mane) in environment.getattr(l_1_v, 'transcripts'):
                    _loop_vars = {}
                    pass
                    yield '<tr><th scope="row">'
                    yield escape(l_2_accession)
                    if l_2_mane:
                        pass
                        yield ' <span class="soft">MANE Select</span>'
                    yield '</th><td class="hgvs">'
                    yield escape(l_2_c)
                    yield '</td><td class="hgvs">'
                    yield escape(l_2_p)
                    yield '</td></tr>\n'
                l_2_accession = l_2_c = l_2_p = l_2_mane = missing
                yield '</tbody></table>'
            yield '\n</article>\n'
            t_4 = 0
        l_1_v = missing
        if t_4:
            pass
            yield '<p class="soft">'
            yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'no_variants'))
            yield '</p>\n'
        yield '</section>\n<section aria-labelledby="assessed">\n<h2 id="assessed">What was assessed</h2>\n'
        if (undefined(name='genes') if l_0_genes is missing else l_0_genes):
            pass
            yield '<p class="soft">'
            yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'assessment_intro'))
            yield '</p>\n'
            for l_1_g in (undefined(name='genes') if l_0_genes is missing else l_0_genes):
                _loop_vars = {}
                pass
                yield '<div class="gene"><strong>'
                yield escape(environment.getattr(l_1_g, 'gene'))
                yield '</strong>\n<div class="boxes" aria-hidden="true">'
                for (l_2_short, l_2_mark, l_2_told, l_2_twin) in environment.getattr(l_1_g, 'boxes'):
                    _loop_vars = {}
                    pass
                    yield '<span class="'
                    yield escape(l_2_mark)
                    if l_2_twin:
                        pass
                        yield ' twin'
                    yield '" title="'
                    yield escape(l_2_told)
                    yield '">'
                    yield escape(l_2_short)
                    yield '</span>'
                l_2_short = l_2_mark = l_2_told = l_2_twin = missing
                yield '</div>\n<ul>'
                for (l_2_status, l_2_basis, l_2_regions) in environment.getattr(l_1_g, 'groups'):
                    _loop_vars = {}
                    pass
                    yield '<li><strong>'
                    yield escape(l_2_status)
                    yield '</strong> ('
                    yield escape(l_2_basis)
                    yield '): '
                    yield escape(l_2_regions)
                    yield '</li>'
                l_2_status = l_2_basis = l_2_regions = missing
                yield '</ul></div>\n'
            l_1_g = missing
        else:
            pass
            yield '<p class="soft">'
            yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'no_assessment'))
            yield '</p>\n'
        yield '</section>\n'
    yield '<section aria-labelledby="limits">\n<h2 id="limits">What this test cannot see</h2>\n'
    yield escape(context.call((undefined(name='bullets') if l_0_bullets is missing else l_0_bullets), environment.getattr((undefined(name='report') if l_0_report is missing else l_0_report), 'limits')))
    yield '\n<h3>Secondary findings</h3>\n<p>'
    yield escape(environment.getattr((undefined(name='report') if l_0_report is missing else l_0_report), 'secondary_statement'))
    yield '</p>\n</section>\n'
    if (undefined(name='compact') if l_0_compact is missing else l_0_compact):
        pass
        yield '<section aria-labelledby="others">\n<h2 id="others">Other alleles</h2>\n<p class="soft">'
        yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'compact_intro'))
        yield '</p>\n<table class="stack">\n<thead><tr><th scope="col">Gene</th><th scope="col">Name</th><th scope="col">State</th><th scope="col" class="n">Depth</th><th scope="col" class="n">Balance</th><th scope="col">Class</th><th scope="col">Flags</th></tr></thead>\n<tbody>\n'
        for l_1_v in (undefined(name='compact') if l_0_compact is missing else l_0_compact):
            _loop_vars = {}
            pass
            yield '<tr><th scope="row">'
            yield escape(environment.getattr(l_1_v, 'gene'))
            yield '</th><td class="hgvs" title="'
            yield escape(environment.getattr(l_1_v, 'key'))
            yield '">'
            yield escape(environment.getattr(l_1_v, 'name'))
            if environment.getattr(l_1_v, 'protein'):
                pass
                yield ' '
                yield escape(environment.getattr(l_1_v, 'protein'))
            yield '</td><td>'
            yield escape(environment.getattr(l_1_v, 'state'))
            yield '</td><td class="n" data-t="Depth">'
            yield escape(environment.getattr(l_1_v, 'depth'))
            yield '</td><td class="n" data-t="Balance">'
            yield escape(environment.getattr(l_1_v, 'balance'))
            yield '</td><td>'
            yield escape(environment.getattr(l_1_v, 'class'))
            yield '</td><td>'
            yield escape(environment.getattr(l_1_v, 'flags'))
            yield '</td></tr>\n'
        l_1_v = missing
        yield '</tbody></table>\n</section>\n'
    yield '<section aria-labelledby="ledger">\n<h2 id="ledger">Account of the input</h2>\n<p class="soft">'
    yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'ledger_intro'))
    yield '</p>\n'
    l_0_l = environment.getattr((undefined(name='report') if l_0_report is missing else l_0_report), 'ledger')
    context.vars['l'] = l_0_l
    context.exported_vars.add('l')
    yield '<dl class="sums"><div><dt>in all</dt><dd>'
    yield escape(environment.getattr((undefined(name='l') if l_0_l is missing else l_0_l), 'total'))
    yield '</dd></div><div><dt>reported</dt><dd>'
    yield escape(environment.getattr((undefined(name='l') if l_0_l is missing else l_0_l), 'reported'))
    yield '</dd></div><div><dt>reference</dt><dd>'
    yield escape(environment.getattr((undefined(name='l') if l_0_l is missing else l_0_l), 'reference'))
    yield '</dd></div><div><dt>no call</dt><dd>'
    yield escape(environment.getattr((undefined(name='l') if l_0_l is missing else l_0_l), 'no_call'))
    yield '</dd></div><div><dt>set aside</dt><dd>'
    yield escape(environment.getattr((undefined(name='l') if l_0_l is missing else l_0_l), 'set_aside'))
    yield '</dd></div></dl>\n'
    if (undefined(name='rules') if l_0_rules is missing else l_0_rules):
        pass
        yield '<ul>'
        for (l_1_rule, l_1_count) in (undefined(name='rules') if l_0_rules is missing else l_0_rules):
            _loop_vars = {}
            pass
            yield '<li>'
            yield escape(l_1_rule)
            yield ': '
            yield escape(l_1_count)
            yield '</li>'
        l_1_rule = l_1_count = missing
        yield '</ul>'
    yield '\n</section>\n'
    if (undefined(name='sources') if l_0_sources is missing else l_0_sources):
        pass
        yield '<section aria-labelledby="sources">\n<h2 id="sources">Sources</h2>\n<ol class="sources">\n'
        l_1_loop = missing
        for l_1_s, l_1_loop in LoopContext((undefined(name='sources') if l_0_sources is missing else l_0_sources), undefined):
            _loop_vars = {}
            pass
            yield '<li id="s'
            yield escape(environment.getattr(l_1_loop, 'index'))
            yield '">'
            yield escape(environment.getattr(l_1_s, 'title'))
            if environment.getattr(l_1_s, 'dated'):
                pass
                yield ' ('
                yield escape(environment.getattr(l_1_s, 'dated'))
                yield ')'
            if environment.getattr(l_1_s, 'pmid'):
                pass
                yield ', <a href="https://pubmed.ncbi.nlm.nih.gov/'
                yield escape(environment.getattr(l_1_s, 'pmid'))
                yield '/" rel="noreferrer">PMID '
                yield escape(environment.getattr(l_1_s, 'pmid'))
                yield '</a>'
            if environment.getattr(l_1_s, 'doi'):
                pass
                yield ', <a href="https://doi.org/'
                yield escape(environment.getattr(l_1_s, 'doi'))
                yield '" rel="noreferrer">doi:'
                yield escape(environment.getattr(l_1_s, 'doi'))
                yield '</a>'
            if environment.getattr(l_1_s, 'url'):
                pass
                yield ', <a href="'
                yield escape(environment.getattr(l_1_s, 'url'))
                yield '" rel="noreferrer">'
                yield escape(environment.getattr(l_1_s, 'url'))
                yield '</a>'
            yield ' <span class="soft">'
            yield escape(environment.getattr(l_1_s, 'key'))
            yield '</span></li>\n'
        l_1_loop = l_1_s = missing
        yield '</ol>\n</section>\n'
    yield '<section aria-labelledby="provenance">\n<h2 id="provenance">Provenance</h2>\n<p class="soft">'
    yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'provenance_intro'))
    yield '</p>\n<dl class="pairs">'
    for (l_1_name, l_1_value) in (undefined(name='provenance') if l_0_provenance is missing else l_0_provenance):
        _loop_vars = {}
        pass
        if l_1_value:
            pass
            yield '<dt>'
            yield escape(l_1_name)
            yield '</dt><dd><code>'
            yield escape(l_1_value)
            yield '</code></dd>'
    l_1_name = l_1_value = missing
    yield '</dl>\n</section>\n</main>\n<footer class="wrap">'
    yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'banner'))
    yield '</footer>\n</body>\n</html>\n'

blocks = {}
debug_info = '1=28&2=61&10=87&11=89&15=91&18=93&19=95&22=105&23=110&25=116&26=118&27=122&28=124&32=126&33=129&35=152&38=155&41=158&44=161&45=165&46=167&47=192&48=221&49=223&50=225&54=232&59=236&60=242&61=256&63=266&64=274&65=276&67=279&69=296&72=299&74=340&77=343&80=364&85=367&86=372&87=378&88=393&89=409&95=413&97=415&99=417&101=420&105=422&111=449&112=451&113=455&114=465&116=479&119=483&125=522&126=524&129=536'
