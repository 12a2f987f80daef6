# Made by higm_annot.report.precompile from templates/index.html; do not edit.
# mypy: ignore-errors
MADE_WITH = '3.1.6'
MADE_FROM = 'bfb2a077fef9fcf933b1bca54921feb7efbd9dd7b28574205d449354de882d99'
from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
name = 'index.html'

def root(context, missing=missing):
    resolve = context.resolve_or_missing
    undefined = environment.undefined
    concat = environment.concat
    cond_expr_undefined = Undefined
    if 0: yield None
    l_0_title = resolve('title')
    l_0_css = resolve('css')
    l_0_say = resolve('say')
    l_0_banner = resolve('banner')
    l_0_counts = resolve('counts')
    l_0_results = resolve('results')
    l_0_rows = resolve('rows')
    l_0_software = resolve('software')
    l_0_js = resolve('js')
    try:
        t_1 = environment.filters['length']
    except KeyError:
        @internalcode
        def t_1(*unused):
            raise TemplateRuntimeError("No filter named 'length' found.")
    pass
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="robots" content="noindex">\n<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'; script-src \'unsafe-inline\'">\n<title>'
    yield escape((undefined(name='title') if l_0_title is missing else l_0_title))
    yield '</title>\n<style>'
    yield escape((undefined(name='css') if l_0_css is missing else l_0_css))
    yield '</style>\n</head>\n<body>\n<a class="skip" href="#main">'
    yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'skip'))
    yield '</a>\n<header>\n<div class="banner"><div class="wrap">'
    yield escape((undefined(name='banner') if l_0_banner is missing else l_0_banner))
    yield '</div></div>\n<div class="wrap top"><h1>'
    yield escape((undefined(name='title') if l_0_title is missing else l_0_title))
    yield '</h1>\n<p>'
    yield escape((undefined(name='counts') if l_0_counts is missing else l_0_counts))
    yield '</p>\n<p class="soft">'
    yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'intro'))
    yield '</p></div>\n</header>\n<main id="main" class="wrap">\n<div class="find" role="search" hidden><label for="search">'
    yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'search'))
    yield '</label><input id="search" type="search" autocomplete="off"><label for="which">'
    yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'result_filter'))
    yield '</label><select id="which"><option value="">'
    yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'all_results'))
    yield '</option>'
    for l_1_label in (undefined(name='results') if l_0_results is missing else l_0_results):
        _loop_vars = {}
        pass
        yield '<option>'
        yield escape(l_1_label)
        yield '</option>'
    l_1_label = missing
    yield '</select><span id="shown" class="soft" role="status" data-of="'
    yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'of'))
    yield '"></span></div>\n<table>\n<thead><tr>'
    for l_1_name in (environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'sample'), environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'person'), environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'result'), environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'genotype'), environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'release'), environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'warnings')):
        _loop_vars = {}
        pass
        yield '<th scope="col" aria-sort="none"><button type="button">'
        yield escape(l_1_name)
        yield '</button></th>'
    l_1_name = missing
    yield '</tr></thead>\n<tbody>\n'
    for (l_1_r, l_1_link) in (undefined(name='rows') if l_0_rows is missing else l_0_rows):
        l_1_releases = resolve('releases')
        _loop_vars = {}
        pass
        yield '<tr><th scope="row" class="any">'
        if l_1_link:
            pass
            yield '<a href="'
            yield escape(l_1_link)
            yield '">'
            yield escape(environment.getattr(l_1_r, 'sample'))
            yield '</a>'
        else:
            pass
            yield escape(environment.getattr(l_1_r, 'sample'))
        if environment.getattr(l_1_r, 'family'):
            pass
            yield '<small>'
            yield escape(environment.getattr(l_1_r, 'family'))
            yield '</small>'
        yield '</th><td>'
        yield escape(environment.getattr(l_1_r, 'person'))
        yield '</td><td data-k="'
        yield escape(environment.getattr(l_1_r, 'rank'))
        yield '"><b class="chip '
        yield escape(environment.getattr(l_1_r, 'tone'))
        yield '">'
        yield escape(environment.getattr(l_1_r, 'label'))
        yield '</b>'
        if environment.getattr(l_1_r, 'open'):
            pass
            yield ' <b class="chip open">'
            yield escape(environment.getattr(l_1_r, 'open'))
            yield '</b>'
        yield '<p>'
        yield escape(environment.getattr(l_1_r, 'text'))
        yield '</p></td><td>'
        if environment.getattr(l_1_r, 'gene'):
            pass
            yield '<b>'
            yield escape(environment.getattr(l_1_r, 'gene'))
            yield '</b> <span class="hgvs">'
            yield escape(environment.getattr(l_1_r, 'diplotype'))
            yield '</span>'
        yield '</td><td><span class="is-'
        yield escape(environment.getattr(l_1_r, 'release'))
        yield '">'
        yield escape(environment.getitem((undefined(name='releases') if l_1_releases is missing else l_1_releases), environment.getattr(l_1_r, 'release')))
        yield '</span></td><td data-k="'
        yield escape(t_1(environment.getattr(l_1_r, 'warnings')))
        yield '">'
        for l_2_w in environment.getattr(l_1_r, 'warnings'):
            _loop_vars = {}
            pass
            yield '<p>'
            yield escape(l_2_w)
            yield '</p>'
        l_2_w = missing
        yield '</td></tr>\n'
    l_1_r = l_1_link = l_1_releases = missing
    yield '</tbody>\n</table>\n<p class="more" hidden><button id="more" type="button">'
    yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'more'))
    yield '</button></p>\n</main>\n<footer class="wrap">'
    yield escape((undefined(name='software') if l_0_software is missing else l_0_software))
    yield '</footer>\n<script>'
    yield escape((undefined(name='js') if l_0_js is missing else l_0_js))
    yield '</script>\n</body>\n</html>\n'

blocks = {}
debug_info = '8=27&9=29&12=31&14=33&15=35&16=37&17=39&20=41&22=57&24=65&27=126&29=128&30=130'
