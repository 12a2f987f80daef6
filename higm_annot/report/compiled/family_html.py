# Made by higm_annot.report.precompile from templates/family.html; do not edit.
# mypy: ignore-errors
MADE_WITH = '3.1.6'
MADE_FROM = '5e5445aefcc436f449b90fe4b223a3389c78deb3dc5da3e3102e86fb0bf2254d'
from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
name = 'family.html'

def root(context, missing=missing):
    resolve = context.resolve_or_missing
    undefined = environment.undefined
    concat = environment.concat
    cond_expr_undefined = Undefined
    if 0: yield None
    l_0_title = resolve('title')
    l_0_css = resolve('css')
    l_0_say = resolve('say')
    l_0_letterhead = resolve('letterhead')
    l_0_sample = resolve('sample')
    l_0_stop = resolve('stop')
    l_0_parts = resolve('parts')
    l_0_glossary = resolve('glossary')
    l_0_sources = resolve('sources')
    l_0_refs = missing
    pass
    def macro(l_1_numbers):
        t_1 = []
        if l_1_numbers is missing:
            l_1_numbers = undefined("parameter 'numbers' was not provided", name='numbers')
        pass
        if l_1_numbers:
            pass
            t_1.append(
                ' <span class="refs">',
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
                '</span>',
            )
        return concat(t_1)
    context.exported_vars.add('refs')
    context.vars['refs'] = l_0_refs = Macro(environment, macro, 'refs', ('numbers',), False, False, False, context.eval_ctx.autoescape)
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="robots" content="noindex">\n<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'">\n<title>'
    yield escape((undefined(name='title') if l_0_title is missing else l_0_title))
    yield '</title>\n<style>'
    yield escape((undefined(name='css') if l_0_css is missing else l_0_css))
    yield '</style>\n</head>\n<body class="family-page">\n<a class="skip" href="#main">'
    yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'skip'))
    yield '</a>\n<header class="wrap">\n'
    if (undefined(name='letterhead') if l_0_letterhead is missing else l_0_letterhead):
        pass
        yield '<p class="kicker"><b>'
        yield escape(environment.getattr((undefined(name='letterhead') if l_0_letterhead is missing else l_0_letterhead), 'name'))
        yield '</b>'
        for l_1_line in environment.getattr((undefined(name='letterhead') if l_0_letterhead is missing else l_0_letterhead), 'address'):
            _loop_vars = {}
            pass
            yield '<br>'
            yield escape(l_1_line)
        l_1_line = missing
        yield '</p>\n'
    yield '<p class="kicker">'
    yield escape((undefined(name='sample') if l_0_sample is missing else l_0_sample))
    yield '</p>\n<h1>'
    yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'heading'))
    yield '</h1>\n<p class="lead">'
    yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'banner'))
    yield ' '
    yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'reader'))
    yield '</p>\n</header>\n<main id="main" class="wrap">\n'
    if (undefined(name='stop') if l_0_stop is missing else l_0_stop):
        pass
        yield '<p class="say">'
        yield escape((undefined(name='stop') if l_0_stop is missing else l_0_stop))
        yield '</p>\n'
    for (l_1_name, l_1_lines) in (undefined(name='parts') if l_0_parts is missing else l_0_parts):
        _loop_vars = {}
        pass
        yield '<section class="'
        yield escape(l_1_name)
        yield '" aria-labelledby="'
        yield escape(l_1_name)
        yield '">\n<h2 id="'
        yield escape(l_1_name)
        yield '">'
        yield escape(environment.getitem((undefined(name='say') if l_0_say is missing else l_0_say), l_1_name))
        yield '</h2>\n'
        for (l_2_line, l_2_numbers) in l_1_lines:
            _loop_vars = {}
            pass
            yield '<p><span>'
            yield escape(l_2_line)
            yield '</span>'
            yield escape(context.call((undefined(name='refs') if l_0_refs is missing else l_0_refs), l_2_numbers, _loop_vars=_loop_vars))
            yield '</p>\n'
        l_2_line = l_2_numbers = missing
        yield '</section>\n'
    l_1_name = l_1_lines = missing
    if (undefined(name='glossary') if l_0_glossary is missing else l_0_glossary):
        pass
        yield '<section aria-labelledby="glossary">\n<h2 id="glossary">'
        yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'glossary'))
        yield '</h2>\n'
        for l_1_line in (undefined(name='glossary') if l_0_glossary is missing else l_0_glossary):
            _loop_vars = {}
            pass
            yield '<p>'
            yield escape(l_1_line)
            yield '</p>\n'
        l_1_line = missing
        yield '</section>\n'
    if (undefined(name='sources') if l_0_sources is missing else l_0_sources):
        pass
        yield '<section class="origins" aria-labelledby="origins">\n<h2 id="origins">'
        yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'sources'))
        yield '</h2>\n<ol class="sources">\n'
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
                yield '/" rel="noreferrer">'
                yield escape(environment.getattr(l_1_s, 'pmid_words'))
                yield '</a>'
            yield ' <span class="soft">'
            yield escape(environment.getattr(l_1_s, 'key'))
            yield '</span></li>\n'
        l_1_loop = l_1_s = missing
        yield '</ol>\n</section>\n'
    yield '</main>\n</body>\n</html>\n'

blocks = {}
debug_info = '1=21&9=55&10=57&13=59&15=61&16=74&17=76&18=78&21=82&22=87&23=95&24=99&26=110&27=113&28=115&30=123&31=126&33=129'
