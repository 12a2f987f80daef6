# Made by higm_annot.report.precompile from templates/index.html; do not edit.
# mypy: ignore-errors
MADE_WITH = '3.1.6'
MADE_FROM = '2368a2cafd56b02ef99b5e179c7c98f7905666ebd8b080669eda8c97528041a2'
from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
name = 'index.html'

def root(context, missing=missing):
    resolve = context.resolve_or_missing
    undefined = environment.undefined
    concat = environment.concat
    cond_expr_undefined = Undefined
    if 0: yield None
    l_0_total = resolve('total')
    l_0_css = resolve('css')
    l_0_banner = resolve('banner')
    l_0_ready = resolve('ready')
    l_0_hold = resolve('hold')
    l_0_failed = resolve('failed')
    l_0_intro = resolve('intro')
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
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="robots" content="noindex">\n<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'; script-src \'unsafe-inline\'">\n<title>Hyper-IgM panel: '
    yield escape((undefined(name='total') if l_0_total is missing else l_0_total))
    yield ' sample'
    yield escape(('' if ((undefined(name='total') if l_0_total is missing else l_0_total) == 1) else 's'))
    yield '</title>\n<style>'
    yield escape((undefined(name='css') if l_0_css is missing else l_0_css))
    yield '</style>\n</head>\n<body>\n<a class="skip" href="#main">To the samples</a>\n<div class="banner" role="note"><div class="wrap">'
    yield escape((undefined(name='banner') if l_0_banner is missing else l_0_banner))
    yield '</div></div>\n<header class="wrap"><h1 style="margin-top:1.1rem">Hyper-IgM panel: '
    yield escape((undefined(name='total') if l_0_total is missing else l_0_total))
    yield ' sample'
    yield escape(('' if ((undefined(name='total') if l_0_total is missing else l_0_total) == 1) else 's'))
    yield '</h1>\n<p>'
    yield escape((undefined(name='ready') if l_0_ready is missing else l_0_ready))
    yield ' ready to release, '
    yield escape((undefined(name='hold') if l_0_hold is missing else l_0_hold))
    yield ' on hold, '
    yield escape((undefined(name='failed') if l_0_failed is missing else l_0_failed))
    yield ' failed.</p>\n<p class="soft">'
    yield escape((undefined(name='intro') if l_0_intro is missing else l_0_intro))
    yield '</p></header>\n<main id="main" class="wrap">\n<div class="find" role="search" hidden><label for="search">Search</label><input id="search" type="search" autocomplete="off"><span id="shown" class="soft" role="status"></span></div>\n<table>\n<thead><tr>'
    for l_1_name in ('Sample', 'Result', 'Release', 'Status', 'Warnings'):
        _loop_vars = {}
        pass
        yield '<th scope="col" aria-sort="none"><button type="button">'
        yield escape(l_1_name)
        yield '</button></th>'
    l_1_name = missing
    yield '</tr></thead>\n<tbody>\n'
    l_1_loop = missing
    for l_1_r, l_1_loop in LoopContext((undefined(name='rows') if l_0_rows is missing else l_0_rows), undefined):
        _loop_vars = {}
        pass
        yield '<tr><th scope="row" class="any">'
        if environment.getattr(l_1_r, 'link'):
            pass
            yield '<a href="'
            yield escape(environment.getattr(l_1_r, 'link'))
            yield '">'
            yield escape(environment.getattr(l_1_r, 'sample'))
            yield '</a>'
        else:
            pass
            yield escape(environment.getattr(l_1_r, 'sample'))
        if environment.getattr(l_1_r, 'family'):
            pass
            yield '<br><span class="soft">'
            yield escape(environment.getattr(l_1_r, 'family'))
            yield '</span>'
        yield '</th><td data-k="'
        yield escape(environment.getattr(l_1_r, 'rank'))
        yield '"><span class="chip '
        yield escape(environment.getattr(l_1_r, 'tone'))
        yield '">'
        yield escape(environment.getattr(l_1_r, 'label'))
        yield '</span> '
        yield escape(environment.getattr(l_1_r, 'text'))
        yield '</td><td data-t="Release">'
        yield escape(environment.getattr(l_1_r, 'release'))
        yield '</td><td data-t="Status">'
        yield escape(environment.getattr(l_1_r, 'status'))
        yield '</td><td data-t="Warnings" data-k="'
        yield escape(t_1(environment.getattr(l_1_r, 'warnings')))
        yield '">'
        l_2_loop = missing
        for l_2_w, l_2_loop in LoopContext(environment.getattr(l_1_r, 'warnings'), undefined):
            _loop_vars = {}
            pass
            yield escape(l_2_w)
            if (not environment.getattr(l_2_loop, 'last')):
                pass
                yield '<br>'
        l_2_loop = l_2_w = missing
        yield '</td></tr>\n'
    l_1_loop = l_1_r = missing
    yield '</tbody>\n</table>\n</main>\n<footer class="wrap">'
    yield escape((undefined(name='software') if l_0_software is missing else l_0_software))
    yield '</footer>\n<script>'
    yield escape((undefined(name='js') if l_0_js is missing else l_0_js))
    yield '</script>\n</body>\n</html>\n'

blocks = {}
debug_info = '8=28&9=32&13=34&14=36&15=40&16=46&20=48&22=57&26=103&27=105'
