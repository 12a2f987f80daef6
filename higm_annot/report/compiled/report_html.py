# Made by higm_annot.report.precompile from templates/report.html; do not edit.
# mypy: ignore-errors
MADE_WITH = '3.1.6'
MADE_FROM = '9362d98180ccbe88902202920a4ead60a3ade626e0fddd222fecf5920691bf11'
from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
name = 'report.html'

def root(context, missing=missing):
    resolve = context.resolve_or_missing
    undefined = environment.undefined
    concat = environment.concat
    cond_expr_undefined = Undefined
    if 0: yield None
    l_0_letterhead = resolve('letterhead')
    l_0_title = resolve('title')
    l_0_css = resolve('css')
    l_0_say = resolve('say')
    l_0_said = resolve('said')
    l_0_panel = resolve('panel')
    l_0_report = resolve('report')
    l_0_facts = resolve('facts')
    l_0_failed = resolve('failed')
    l_0_hold = resolve('hold')
    l_0_problems = resolve('problems')
    l_0_result = resolve('result')
    l_0_first_line = resolve('first_line')
    l_0_discordant = resolve('discordant')
    l_0_unseen = resolve('unseen')
    l_0_genes = resolve('genes')
    l_0_marks = resolve('marks')
    l_0_limits = resolve('limits')
    l_0_limits_shown = resolve('limits_shown')
    l_0_why = resolve('why')
    l_0_sure = resolve('sure')
    l_0_next = resolve('next')
    l_0_figures = resolve('figures')
    l_0_pedigree = resolve('pedigree')
    l_0_d = resolve('d')
    l_0_family_alleles = resolve('family_alleles')
    l_0_observed = resolve('observed')
    l_0_sections = resolve('sections')
    l_0_conclusions = resolve('conclusions')
    l_0_variants = resolve('variants')
    l_0_sign_off = resolve('sign_off')
    l_0_secondary = resolve('secondary')
    l_0_compact = resolve('compact')
    l_0_ledger = resolve('ledger')
    l_0_rules = resolve('rules')
    l_0_sources = resolve('sources')
    l_0_provenance = resolve('provenance')
    l_0_refs = l_0_cited = l_0_rect = l_0_head = l_0_stems = l_0_gene = l_0_protein = l_0_shape = l_0_half = l_0_symbol = l_0_swatch = l_0_points = l_0_key = l_0_judged = missing
    try:
        t_1 = environment.filters['join']
    except KeyError:
        @internalcode
        def t_1(*unused):
            raise TemplateRuntimeError("No filter named 'join' found.")
    try:
        t_2 = environment.filters['length']
    except KeyError:
        @internalcode
        def t_2(*unused):
            raise TemplateRuntimeError("No filter named 'length' found.")
    try:
        t_3 = environment.tests['none']
    except KeyError:
        @internalcode
        def t_3(*unused):
            raise TemplateRuntimeError("No test named 'none' found.")
    pass
    def macro(l_1_numbers):
        t_4 = []
        if l_1_numbers is missing:
            l_1_numbers = undefined("parameter 'numbers' was not provided", name='numbers')
        pass
        if l_1_numbers:
            pass
            t_4.append(
                ' <span class="refs">',
            )
            l_2_loop = missing
            for l_2_n, l_2_loop in LoopContext(l_1_numbers, undefined):
                _loop_vars = {}
                pass
                t_4.extend((
                    '<a href="#s',
                    escape(l_2_n),
                    '">',
                    escape(l_2_n),
                    '</a>',
                ))
                if (not environment.getattr(l_2_loop, 'last')):
                    pass
                    t_4.append(
                        ',',
                    )
            l_2_loop = l_2_n = missing
            t_4.append(
                '</span>',
            )
        return concat(t_4)
    context.exported_vars.add('refs')
    context.vars['refs'] = l_0_refs = Macro(environment, macro, 'refs', ('numbers',), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_items):
        t_5 = []
        if l_1_items is missing:
            l_1_items = undefined("parameter 'items' was not provided", name='items')
        pass
        if l_1_items:
            pass
            t_5.append(
                '<ul>',
            )
            for (l_2_item, l_2_numbers) in l_1_items:
                _loop_vars = {}
                pass
                t_5.extend((
                    '<li>',
                    escape(l_2_item),
                    escape(context.call((undefined(name='refs') if l_0_refs is missing else l_0_refs), l_2_numbers, _loop_vars=_loop_vars)),
                    '</li>',
                ))
            l_2_item = l_2_numbers = missing
            t_5.append(
                '</ul>',
            )
        return concat(t_5)
    context.exported_vars.add('cited')
    context.vars['cited'] = l_0_cited = Macro(environment, macro, 'cited', ('items',), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_b, l_1_kind):
        t_6 = []
        if l_1_b is missing:
            l_1_b = undefined("parameter 'b' was not provided", name='b')
        if l_1_kind is missing:
            l_1_kind = undefined("parameter 'kind' was not provided", name='kind')
        pass
        t_6.extend((
            '<rect class="',
            escape(l_1_kind),
            '" x="',
            escape(environment.getattr(l_1_b, 'x')),
            '" y="',
            escape(environment.getattr(l_1_b, 'y')),
            '" width="',
            escape(environment.getattr(l_1_b, 'w')),
            '" height="',
            escape(environment.getattr(l_1_b, 'h')),
            '"/>',
        ))
        return concat(t_6)
    context.exported_vars.add('rect')
    context.vars['rect'] = l_0_rect = Macro(environment, macro, 'rect', ('b', 'kind'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_x, l_1_y, l_1_tone, l_1_open):
        t_7 = []
        if l_1_x is missing:
            l_1_x = undefined("parameter 'x' was not provided", name='x')
        if l_1_y is missing:
            l_1_y = undefined("parameter 'y' was not provided", name='y')
        if l_1_tone is missing:
            l_1_tone = undefined("parameter 'tone' was not provided", name='tone')
        if l_1_open is missing:
            l_1_open = undefined("parameter 'open' was not provided", name='open')
        pass
        t_7.extend((
            '<g class="head ',
            escape(l_1_tone),
            '">',
        ))
        if l_1_open:
            pass
            t_7.extend((
                '<circle class="ring" cx="',
                escape(l_1_x),
                '" cy="',
                escape(l_1_y),
                '" r="9"/>',
            ))
        if (l_1_tone == 'high'):
            pass
            t_7.extend((
                '<circle cx="',
                escape(l_1_x),
                '" cy="',
                escape(l_1_y),
                '" r="5.5"/>',
            ))
        elif (l_1_tone == 'medium'):
            pass
            t_7.extend((
                '<path d="M',
                escape(l_1_x),
                ' ',
                escape((l_1_y - 6.5)),
                'l6.5 6.5l-6.5 6.5l-6.5 -6.5z"/>',
            ))
        else:
            pass
            t_7.extend((
                '<rect x="',
                escape((l_1_x - 5)),
                '" y="',
                escape((l_1_y - 5)),
                '" width="10" height="10"/>',
            ))
        t_7.append(
            '</g>',
        )
        return concat(t_7)
    context.exported_vars.add('head')
    context.vars['head'] = l_0_head = Macro(environment, macro, 'head', ('x', 'y', 'tone', 'open'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_items):
        t_8 = []
        if l_1_items is missing:
            l_1_items = undefined("parameter 'items' was not provided", name='items')
        pass
        for l_2_s in l_1_items:
            _loop_vars = {}
            pass
            t_8.extend((
                '<line class="stem" x1="',
                escape(environment.getattr(l_2_s, 'x')),
                '" y1="',
                escape(environment.getattr(l_2_s, 'y')),
                '" x2="',
                escape(environment.getattr(l_2_s, 'x')),
                '" y2="',
                escape(environment.getattr(l_2_s, 'foot')),
                '"/>',
                escape(context.call((undefined(name='head') if l_0_head is missing else l_0_head), environment.getattr(l_2_s, 'x'), environment.getattr(l_2_s, 'y'), environment.getattr(l_2_s, 'tone'), environment.getattr(l_2_s, 'open'), _loop_vars=_loop_vars)),
                '<text class="name" x="',
                escape((environment.getattr(l_2_s, 'label_x') + (3 if (environment.getattr(l_2_s, 'anchor') == 'start') else -3))),
                '" y="',
                escape((environment.getattr(l_2_s, 'y') + 4.5)),
                '" text-anchor="',
                escape(environment.getattr(l_2_s, 'anchor')),
                '">',
                escape(environment.getattr(l_2_s, 'label')),
                '</text>',
            ))
        l_2_s = missing
        return concat(t_8)
    context.exported_vars.add('stems')
    context.vars['stems'] = l_0_stems = Macro(environment, macro, 'stems', ('items',), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_d, l_1_id, l_1_title, l_1_told, l_1_kind):
        t_9 = []
        if l_1_d is missing:
            l_1_d = undefined("parameter 'd' was not provided", name='d')
        if l_1_id is missing:
            l_1_id = undefined("parameter 'id' was not provided", name='id')
        if l_1_title is missing:
            l_1_title = undefined("parameter 'title' was not provided", name='title')
        if l_1_told is missing:
            l_1_told = undefined("parameter 'told' was not provided", name='told')
        if l_1_kind is missing:
            l_1_kind = undefined("parameter 'kind' was not provided", name='kind')
        pass
        t_9.extend((
            '<svg class="fig ',
            escape(l_1_kind),
            '" viewBox="0 0 ',
            escape(environment.getattr(l_1_d, 'width')),
            ' ',
            escape(environment.getattr(l_1_d, 'height')),
            '" role="img" aria-labelledby="',
            escape(l_1_id),
            '-t ',
            escape(l_1_id),
            '-d" data-gene="',
            escape(l_1_id),
            '"><title id="',
            escape(l_1_id),
            '-t">',
            escape(l_1_title),
            '</title><desc id="',
            escape(l_1_id),
            '-d">',
            escape(l_1_told),
            '</desc>\n',
        ))
        for (l_2_x1, l_2_x2) in environment.getattr(l_1_d, 'introns'):
            _loop_vars = {}
            pass
            t_9.extend((
                '<line class="intron" x1="',
                escape(l_2_x1),
                '" y1="',
                escape(environment.getattr(l_1_d, 'axis')),
                '" x2="',
                escape(l_2_x2),
                '" y2="',
                escape(environment.getattr(l_1_d, 'axis')),
                '"/>',
            ))
        l_2_x1 = l_2_x2 = missing
        t_9.append(
            '\n',
        )
        for l_2_e in environment.getattr(l_1_d, 'exons'):
            _loop_vars = {}
            pass
            t_9.extend((
                '<g class="exon ',
                escape(environment.getattr(l_2_e, 'state')),
            ))
            if environment.getattr(l_2_e, 'twin'):
                pass
                t_9.append(
                    ' twin',
                )
            t_9.append(
                '">',
            )
            for l_3_b in environment.getattr(l_2_e, 'boxes'):
                _loop_vars = {}
                pass
                t_9.append(
                    escape(context.call((undefined(name='rect') if l_0_rect is missing else l_0_rect), l_3_b, ('box' if (environment.getattr(l_3_b, 'h') > 20) else 'box utr'), _loop_vars=_loop_vars)),
                )
            l_3_b = missing
            for l_3_b in environment.getattr(l_2_e, 'half'):
                _loop_vars = {}
                pass
                t_9.append(
                    escape(context.call((undefined(name='rect') if l_0_rect is missing else l_0_rect), l_3_b, 'half', _loop_vars=_loop_vars)),
                )
            l_3_b = missing
            if environment.getattr(l_2_e, 'hatch'):
                pass
                t_9.extend((
                    '<path class="hatch" d="',
                    escape(environment.getattr(l_2_e, 'hatch')),
                    '"/>',
                ))
            t_9.extend((
                '<text class="number" x="',
                escape(environment.getattr(l_2_e, 'x')),
                '" y="',
                escape(environment.getattr(l_1_d, 'letters_y')),
                '" text-anchor="middle">',
                escape(environment.getattr(l_2_e, 'number')),
                '</text></g>\n',
            ))
        l_2_e = missing
        for (l_2_x1, l_2_x2) in environment.getattr(l_1_d, 'twins'):
            _loop_vars = {}
            pass
            t_9.extend((
                '<path class="bracket" d="M',
                escape(l_2_x1),
                ' ',
                escape((environment.getattr(l_1_d, 'twins_y') - 4)),
                'v4H',
                escape(l_2_x2),
                'v-4"/>',
            ))
        l_2_x1 = l_2_x2 = missing
        t_9.append(
            '\n',
        )
        for l_2_b in environment.getattr(l_1_d, 'bars'):
            _loop_vars = {}
            pass
            t_9.extend((
                '<g class="change ',
                escape(environment.getattr(l_2_b, 'tone')),
            ))
            if environment.getattr(l_2_b, 'open'):
                pass
                t_9.append(
                    ' open',
                )
            t_9.extend((
                '">',
                escape(context.call((undefined(name='rect') if l_0_rect is missing else l_0_rect), environment.getattr(l_2_b, 'box'), 'bar', _loop_vars=_loop_vars)),
            ))
            if environment.getattr(l_2_b, 'open_left'):
                pass
                t_9.extend((
                    '<path class="bar" d="M',
                    escape(environment.getattr(environment.getattr(l_2_b, 'box'), 'x')),
                    ' ',
                    escape((environment.getattr(environment.getattr(l_2_b, 'box'), 'y') - 3)),
                    'l-6 8l6 8z"/>',
                ))
            if environment.getattr(l_2_b, 'open_right'):
                pass
                t_9.extend((
                    '<path class="bar" d="M',
                    escape((environment.getattr(environment.getattr(l_2_b, 'box'), 'x') + environment.getattr(environment.getattr(l_2_b, 'box'), 'w'))),
                    ' ',
                    escape((environment.getattr(environment.getattr(l_2_b, 'box'), 'y') - 3)),
                    'l6 8l-6 8z"/>',
                ))
            t_9.extend((
                '<text class="name" x="',
                escape(environment.getattr(l_2_b, 'label_x')),
                '" y="',
                escape((environment.getattr(environment.getattr(l_2_b, 'box'), 'y') - 5)),
                '" text-anchor="',
                escape(environment.getattr(l_2_b, 'anchor')),
                '">',
                escape(environment.getattr(l_2_b, 'label')),
                '</text></g>',
            ))
        l_2_b = missing
        t_9.extend((
            '\n',
            escape(context.call((undefined(name='stems') if l_0_stems is missing else l_0_stems), environment.getattr(l_1_d, 'stems'))),
            '</svg>',
        ))
        return concat(t_9)
    context.exported_vars.add('gene')
    context.vars['gene'] = l_0_gene = Macro(environment, macro, 'gene', ('d', 'id', 'title', 'told', 'kind'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_d, l_1_id, l_1_title, l_1_told, l_1_kind):
        t_10 = []
        if l_1_d is missing:
            l_1_d = undefined("parameter 'd' was not provided", name='d')
        if l_1_id is missing:
            l_1_id = undefined("parameter 'id' was not provided", name='id')
        if l_1_title is missing:
            l_1_title = undefined("parameter 'title' was not provided", name='title')
        if l_1_told is missing:
            l_1_told = undefined("parameter 'told' was not provided", name='told')
        if l_1_kind is missing:
            l_1_kind = undefined("parameter 'kind' was not provided", name='kind')
        pass
        t_10.extend((
            '<svg class="fig ',
            escape(l_1_kind),
            '" viewBox="0 0 ',
            escape(environment.getattr(l_1_d, 'width')),
            ' ',
            escape(environment.getattr(l_1_d, 'height')),
            '" role="img" aria-labelledby="',
            escape(l_1_id),
            '-t ',
            escape(l_1_id),
            '-d"><title id="',
            escape(l_1_id),
            '-t">',
            escape(l_1_title),
            '</title><desc id="',
            escape(l_1_id),
            '-d">',
            escape(l_1_told),
            '</desc>\n',
            escape(context.call((undefined(name='rect') if l_0_rect is missing else l_0_rect), environment.getattr(l_1_d, 'backbone'), 'backbone')),
        ))
        for l_2_f in environment.getattr(l_1_d, 'features'):
            _loop_vars = {}
            pass
            if (environment.getattr(l_2_f, 'kind') == 'site'):
                pass
                t_10.extend((
                    '<path class="site" d="M',
                    escape(environment.getattr(environment.getattr(l_2_f, 'box'), 'x')),
                    ' ',
                    escape(((environment.getattr(environment.getattr(l_2_f, 'box'), 'y') + environment.getattr(environment.getattr(l_2_f, 'box'), 'h')) - 6)),
                    'v9',
                ))
                if (environment.getattr(environment.getattr(l_2_f, 'box'), 'w') > 6):
                    pass
                    t_10.extend((
                        'h',
                        escape(environment.getattr(environment.getattr(l_2_f, 'box'), 'w')),
                        'v-9',
                    ))
                t_10.append(
                    '"/>',
                )
            else:
                pass
                t_10.append(
                    escape(context.call((undefined(name='rect') if l_0_rect is missing else l_0_rect), environment.getattr(l_2_f, 'box'), environment.getattr(l_2_f, 'kind'), _loop_vars=_loop_vars)),
                )
        l_2_f = missing
        t_10.append(
            '\n',
        )
        for l_2_f in environment.getattr(l_1_d, 'features'):
            _loop_vars = {}
            pass
            if (not environment.getattr(l_2_f, 'inside')):
                pass
                t_10.extend((
                    '<path class="leader" d="M',
                    escape((environment.getattr(l_2_f, 'label_x') + (-4 if (environment.getattr(l_2_f, 'anchor') == 'start') else 4))),
                    ' ',
                    escape((environment.getattr(environment.getattr(l_2_f, 'box'), 'y') + environment.getattr(environment.getattr(l_2_f, 'box'), 'h'))),
                    'V',
                    escape((environment.getattr(l_2_f, 'label_y') - 4)),
                    'h',
                    escape((2 if (environment.getattr(l_2_f, 'anchor') == 'start') else -2)),
                    '"/>',
                ))
            t_10.extend((
                '<text class="',
                escape(('in' if environment.getattr(l_2_f, 'inside') else 'out')),
                '" x="',
                escape(environment.getattr(l_2_f, 'label_x')),
                '" y="',
                escape(environment.getattr(l_2_f, 'label_y')),
                '" text-anchor="',
                escape(environment.getattr(l_2_f, 'anchor')),
                '">',
                escape(environment.getattr(l_2_f, 'label')),
                '</text>',
            ))
        l_2_f = missing
        t_10.append(
            '\n',
        )
        for (l_2_b, l_2_tone) in environment.getattr(l_1_d, 'lost'):
            _loop_vars = {}
            pass
            t_10.append(
                escape(context.call((undefined(name='rect') if l_0_rect is missing else l_0_rect), l_2_b, markup_join(('lost ', l_2_tone, )), _loop_vars=_loop_vars)),
            )
        l_2_b = l_2_tone = missing
        for l_2_b in environment.getattr(l_1_d, 'twins'):
            _loop_vars = {}
            pass
            t_10.append(
                escape(context.call((undefined(name='rect') if l_0_rect is missing else l_0_rect), l_2_b, 'twins', _loop_vars=_loop_vars)),
            )
        l_2_b = missing
        if environment.getattr(l_1_d, 'hatch'):
            pass
            t_10.extend((
                '<path class="hatch" d="',
                escape(environment.getattr(l_1_d, 'hatch')),
                '"/>',
            ))
        t_10.extend((
            '\n<path class="axis" d="M',
            escape(environment.getattr(environment.getattr(l_1_d, 'backbone'), 'x')),
            ' ',
            escape(environment.getattr(l_1_d, 'ticks_y')),
            'h',
            escape(environment.getattr(environment.getattr(l_1_d, 'backbone'), 'w')),
            '"/>',
        ))
        l_2_loop = missing
        for (l_2_x, l_2_n), l_2_loop in LoopContext(environment.getattr(l_1_d, 'ticks'), undefined):
            _loop_vars = {}
            pass
            t_10.extend((
                '<path class="axis" d="M',
                escape(l_2_x),
                ' ',
                escape(environment.getattr(l_1_d, 'ticks_y')),
                'v4"/><text class="number" x="',
                escape(l_2_x),
                '" y="',
                escape((environment.getattr(l_1_d, 'ticks_y') + 16)),
                '" text-anchor="',
                escape(('start' if environment.getattr(l_2_loop, 'first') else ('end' if environment.getattr(l_2_loop, 'last') else 'middle'))),
                '">',
                escape(l_2_n),
                '</text>',
            ))
        l_2_loop = l_2_x = l_2_n = missing
        t_10.extend((
            '\n',
            escape(context.call((undefined(name='stems') if l_0_stems is missing else l_0_stems), environment.getattr(l_1_d, 'stems'))),
            '</svg>',
        ))
        return concat(t_10)
    context.exported_vars.add('protein')
    context.vars['protein'] = l_0_protein = Macro(environment, macro, 'protein', ('d', 'id', 'title', 'told', 'kind'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_s):
        t_11 = []
        if l_1_s is missing:
            l_1_s = undefined("parameter 's' was not provided", name='s')
        pass
        if (environment.getattr(l_1_s, 'shape') == 'square'):
            pass
            t_11.extend((
                '<rect x="',
                escape(environment.getattr(l_1_s, 'x')),
                '" y="',
                escape(environment.getattr(l_1_s, 'y')),
                '" width="',
                escape(environment.getattr(l_1_s, 'size')),
                '" height="',
                escape(environment.getattr(l_1_s, 'size')),
                '"/>',
            ))
        elif (environment.getattr(l_1_s, 'shape') == 'circle'):
            pass
            t_11.extend((
                '<circle cx="',
                escape((environment.getattr(l_1_s, 'x') + (environment.getattr(l_1_s, 'size') / 2))),
                '" cy="',
                escape((environment.getattr(l_1_s, 'y') + (environment.getattr(l_1_s, 'size') / 2))),
                '" r="',
                escape((environment.getattr(l_1_s, 'size') / 2)),
                '"/>',
            ))
        else:
            pass
            t_11.extend((
                '<path d="M',
                escape((environment.getattr(l_1_s, 'x') + (environment.getattr(l_1_s, 'size') / 2))),
                ' ',
                escape(environment.getattr(l_1_s, 'y')),
                'l',
                escape((environment.getattr(l_1_s, 'size') / 2)),
                ' ',
                escape((environment.getattr(l_1_s, 'size') / 2)),
                'l',
                escape(((-environment.getattr(l_1_s, 'size')) / 2)),
                ' ',
                escape((environment.getattr(l_1_s, 'size') / 2)),
                'l',
                escape(((-environment.getattr(l_1_s, 'size')) / 2)),
                ' ',
                escape(((-environment.getattr(l_1_s, 'size')) / 2)),
                'z"/>',
            ))
        return concat(t_11)
    context.exported_vars.add('shape')
    context.vars['shape'] = l_0_shape = Macro(environment, macro, 'shape', ('s',), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_s):
        t_12 = []
        if l_1_s is missing:
            l_1_s = undefined("parameter 's' was not provided", name='s')
        pass
        if (environment.getattr(l_1_s, 'shape') == 'square'):
            pass
            t_12.extend((
                '<rect class="half" x="',
                escape(environment.getattr(l_1_s, 'x')),
                '" y="',
                escape(environment.getattr(l_1_s, 'y')),
                '" width="',
                escape((environment.getattr(l_1_s, 'size') / 2)),
                '" height="',
                escape(environment.getattr(l_1_s, 'size')),
                '"/>',
            ))
        elif (environment.getattr(l_1_s, 'shape') == 'circle'):
            pass
            t_12.extend((
                '<path class="half" d="M',
                escape((environment.getattr(l_1_s, 'x') + (environment.getattr(l_1_s, 'size') / 2))),
                ' ',
                escape(environment.getattr(l_1_s, 'y')),
                'a',
                escape((environment.getattr(l_1_s, 'size') / 2)),
                ' ',
                escape((environment.getattr(l_1_s, 'size') / 2)),
                ' 0 0 0 0 ',
                escape(environment.getattr(l_1_s, 'size')),
                'z"/>',
            ))
        else:
            pass
            t_12.extend((
                '<path class="half" d="M',
                escape((environment.getattr(l_1_s, 'x') + (environment.getattr(l_1_s, 'size') / 2))),
                ' ',
                escape(environment.getattr(l_1_s, 'y')),
                'l',
                escape(((-environment.getattr(l_1_s, 'size')) / 2)),
                ' ',
                escape((environment.getattr(l_1_s, 'size') / 2)),
                'l',
                escape((environment.getattr(l_1_s, 'size') / 2)),
                ' ',
                escape((environment.getattr(l_1_s, 'size') / 2)),
                'z"/>',
            ))
        return concat(t_12)
    context.exported_vars.add('half')
    context.vars['half'] = l_0_half = Macro(environment, macro, 'half', ('s',), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_s, l_1_fetus):
        t_13 = []
        if l_1_s is missing:
            l_1_s = undefined("parameter 's' was not provided", name='s')
        if l_1_fetus is missing:
            l_1_fetus = undefined("parameter 'fetus' was not provided", name='fetus')
        pass
        t_13.extend((
            '<g class="member ',
            escape((environment.getattr(l_1_s, 'fill') if environment.getattr(l_1_s, 'shown') else 'outline')),
            '">',
            escape(context.call((undefined(name='shape') if l_0_shape is missing else l_0_shape), l_1_s)),
        ))
        if (environment.getattr(l_1_s, 'fill') == 'carrier'):
            pass
            t_13.append(
                escape(context.call((undefined(name='half') if l_0_half is missing else l_0_half), l_1_s)),
            )
        elif (environment.getattr(l_1_s, 'fill') == 'carrier_x'):
            pass
            t_13.extend((
                '<circle class="dot" cx="',
                escape((environment.getattr(l_1_s, 'x') + (environment.getattr(l_1_s, 'size') / 2))),
                '" cy="',
                escape((environment.getattr(l_1_s, 'y') + (environment.getattr(l_1_s, 'size') / 2))),
                '" r="5"/>',
            ))
        elif ((environment.getattr(l_1_s, 'shown') and (environment.getattr(l_1_s, 'fill') == 'unknown')) and (not environment.getattr(l_1_s, 'fetus'))):
            pass
            t_13.extend((
                '<text class="mark" x="',
                escape((environment.getattr(l_1_s, 'x') + (environment.getattr(l_1_s, 'size') / 2))),
                '" y="',
                escape(((environment.getattr(l_1_s, 'y') + (environment.getattr(l_1_s, 'size') / 2)) + 6)),
                '" text-anchor="middle">?</text>',
            ))
        if environment.getattr(l_1_s, 'fetus'):
            pass
            t_13.extend((
                '<text class="mark" x="',
                escape((environment.getattr(l_1_s, 'x') + (environment.getattr(l_1_s, 'size') / 2))),
                '" y="',
                escape(((environment.getattr(l_1_s, 'y') + (environment.getattr(l_1_s, 'size') / 2)) + 6)),
                '" text-anchor="middle">',
                escape(l_1_fetus),
                '</text>',
            ))
        if environment.getattr(l_1_s, 'proband'):
            pass
            t_13.extend((
                '<path class="arrow" d="M',
                escape((environment.getattr(l_1_s, 'x') - 30)),
                ' ',
                escape(((environment.getattr(l_1_s, 'y') + environment.getattr(l_1_s, 'size')) + 2)),
                'L',
                escape((environment.getattr(l_1_s, 'x') - 5)),
                ' ',
                escape(((environment.getattr(l_1_s, 'y') + environment.getattr(l_1_s, 'size')) - 12)),
                'm-9 .5l9 -.5l-4.5 7.5"/>',
            ))
        l_2_loop = missing
        for (l_2_line, l_2_y), l_2_loop in LoopContext(environment.getattr(l_1_s, 'lines'), undefined):
            _loop_vars = {}
            pass
            t_13.extend((
                '<text class="',
                escape(('who' if environment.getattr(l_2_loop, 'first') else 'line')),
                '" x="',
                escape((environment.getattr(l_1_s, 'x') + (environment.getattr(l_1_s, 'size') / 2))),
                '" y="',
                escape(l_2_y),
                '" text-anchor="middle">',
                escape(l_2_line),
                '</text>',
            ))
        l_2_loop = l_2_line = l_2_y = missing
        t_13.append(
            '</g>',
        )
        return concat(t_13)
    context.exported_vars.add('symbol')
    context.vars['symbol'] = l_0_symbol = Macro(environment, macro, 'symbol', ('s', 'fetus'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_kind):
        t_14 = []
        if l_1_kind is missing:
            l_1_kind = undefined("parameter 'kind' was not provided", name='kind')
        pass
        t_14.append(
            '<svg class="fig swatch" viewBox="0 0 22 16" aria-hidden="true" focusable="false">',
        )
        if (l_1_kind == 'twin'):
            pass
            t_14.append(
                '<g class="exon twin not_assessed"><rect class="box" x="1" y="2" width="20" height="12"/><path class="hatch" d="M5 2L1 6M10 2L1 11M15 2L3 14M20 2L8 14M21 6L13 14M21 11L18 14"/></g>',
            )
        elif (l_1_kind == 'to_end'):
            pass
            t_14.append(
                '<rect class="lost" x="1" y="6.5" width="20" height="3"/>',
            )
        elif (l_1_kind == 'open'):
            pass
            t_14.append(
                '<circle class="ring" cx="11" cy="8" r="6.5"/>',
            )
        elif (l_1_kind in ('high', 'medium', 'calm')):
            pass
            t_14.append(
                escape(context.call((undefined(name='head') if l_0_head is missing else l_0_head), 11, 8, l_1_kind, False)),
            )
        elif (l_1_kind == 'untranslated'):
            pass
            t_14.append(
                '<g class="exon untranslated"><rect class="box utr" x="1" y="4" width="20" height="8"/></g>',
            )
        else:
            pass
            t_14.extend((
                '<g class="exon ',
                escape(l_1_kind),
                '"><rect class="box" x="1" y="2" width="20" height="12"/>',
            ))
            if (l_1_kind == 'partly'):
                pass
                t_14.append(
                    '<rect class="half" x="1" y="8" width="20" height="6"/>',
                )
            t_14.append(
                '</g>',
            )
        t_14.append(
            '</svg>',
        )
        return concat(t_14)
    context.exported_vars.add('swatch')
    context.vars['swatch'] = l_0_swatch = Macro(environment, macro, 'swatch', ('kind',), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_p, l_1_id):
        t_15 = []
        l_1_d = l_0_d
        if l_1_p is missing:
            l_1_p = undefined("parameter 'p' was not provided", name='p')
        if l_1_id is missing:
            l_1_id = undefined("parameter 'id' was not provided", name='id')
        pass
        l_1_d = environment.getattr(l_1_p, 'd')
        t_15.extend((
            '<figure class="points"><svg class="fig" viewBox="0 0 ',
            escape(environment.getattr((undefined(name='d') if l_1_d is missing else l_1_d), 'width')),
            ' ',
            escape(environment.getattr((undefined(name='d') if l_1_d is missing else l_1_d), 'height')),
            '" role="img" aria-labelledby="',
            escape(l_1_id),
            '-t ',
            escape(l_1_id),
            '-d"><title id="',
            escape(l_1_id),
            '-t">',
            escape(environment.getattr(l_1_p, 'title')),
            '</title><desc id="',
            escape(l_1_id),
            '-d">',
            escape(environment.getattr(l_1_p, 'told')),
            '</desc>\n',
        ))
        for l_2_b in environment.getattr((undefined(name='d') if l_1_d is missing else l_1_d), 'bands'):
            _loop_vars = {}
            pass
            t_15.extend((
                '<g class="band ',
                escape(environment.getitem(environment.getattr(l_1_p, 'tones'), environment.getattr(l_2_b, 'name'))),
                '">',
                escape(context.call((undefined(name='rect') if l_0_rect is missing else l_0_rect), environment.getattr(l_2_b, 'box'), 'ground', _loop_vars=_loop_vars)),
            ))
            for (l_3_line, l_3_y) in environment.getattr(l_2_b, 'lines'):
                _loop_vars = {}
                pass
                t_15.extend((
                    '<text x="',
                    escape((environment.getattr(environment.getattr(l_2_b, 'box'), 'x') + (environment.getattr(environment.getattr(l_2_b, 'box'), 'w') / 2))),
                    '" y="',
                    escape(l_3_y),
                    '" text-anchor="middle">',
                    escape(l_3_line),
                    '</text>',
                ))
            l_3_line = l_3_y = missing
            if (not t_3(environment.getattr(l_2_b, 'first'))):
                pass
                t_15.extend((
                    '<text class="number" x="',
                    escape(environment.getattr(environment.getattr(l_2_b, 'box'), 'x')),
                    '" y="',
                    escape(environment.getattr((undefined(name='d') if l_1_d is missing else l_1_d), 'numbers_y')),
                    '" text-anchor="middle">',
                    escape(environment.getattr(l_2_b, 'first')),
                    '</text>',
                ))
            t_15.append(
                '</g>\n',
            )
        l_2_b = missing
        def t_16(fiter):
            for l_2_b in fiter:
                if environment.getattr(l_2_b, 'used'):
                    yield l_2_b
        for l_2_b in t_16(environment.getattr((undefined(name='d') if l_1_d is missing else l_1_d), 'bands')):
            _loop_vars = {}
            pass
            t_15.append(
                escape(context.call((undefined(name='rect') if l_0_rect is missing else l_0_rect), environment.getattr(l_2_b, 'box'), 'frame', _loop_vars=_loop_vars)),
            )
        l_2_b = missing
        t_15.extend((
            '<path class="axis" d="M',
            escape(environment.getattr((undefined(name='d') if l_1_d is missing else l_1_d), 'zero')),
            ' ',
            escape((environment.getattr((undefined(name='d') if l_1_d is missing else l_1_d), 'bar_y') - 4)),
            'V',
            escape((environment.getattr((undefined(name='d') if l_1_d is missing else l_1_d), 'bar_bottom') + 4)),
            '"/>',
        ))
        for l_2_s in environment.getattr((undefined(name='d') if l_1_d is missing else l_1_d), 'segments'):
            _loop_vars = {}
            pass
            t_15.extend((
                escape(context.call((undefined(name='rect') if l_0_rect is missing else l_0_rect), environment.getattr(l_2_s, 'box'), ('harmful' if environment.getattr(l_2_s, 'harmful') else 'benign'), _loop_vars=_loop_vars)),
                '<path class="leader" d="M',
                escape(environment.getattr(l_2_s, 'middle')),
                ' ',
                escape((environment.getattr(l_2_s, 'label_y') + 1)),
                'V',
                escape((environment.getattr(environment.getattr(l_2_s, 'box'), 'y') + 2)),
                '"/><text class="code" x="',
                escape(environment.getattr(l_2_s, 'label_x')),
                '" y="',
                escape(environment.getattr(l_2_s, 'label_y')),
                '" text-anchor="',
                escape(environment.getattr(l_2_s, 'anchor')),
                '">',
                escape(environment.getattr(l_2_s, 'label')),
                '</text>',
            ))
        l_2_s = missing
        t_15.extend((
            '\n<path class="pointer" d="M',
            escape(environment.getattr((undefined(name='d') if l_1_d is missing else l_1_d), 'total')),
            ' ',
            escape(environment.getattr((undefined(name='d') if l_1_d is missing else l_1_d), 'pointer_y')),
            'l-5 -8h10z"/></svg>\n<figcaption class="soft">',
            escape(environment.getattr(l_1_p, 'caption')),
            escape(context.call((undefined(name='refs') if l_0_refs is missing else l_0_refs), environment.getattr(l_1_p, 'references'))),
            '</figcaption></figure>',
        ))
        return concat(t_15)
    context.exported_vars.add('points')
    context.vars['points'] = l_0_points = Macro(environment, macro, 'points', ('p', 'id'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_kinds):
        t_17 = []
        if l_1_kinds is missing:
            l_1_kinds = undefined("parameter 'kinds' was not provided", name='kinds')
        pass
        t_17.append(
            '<ul class="key">',
        )
        for l_2_kind in l_1_kinds:
            _loop_vars = {}
            pass
            t_17.extend((
                '<li>',
                escape(context.call((undefined(name='swatch') if l_0_swatch is missing else l_0_swatch), l_2_kind, _loop_vars=_loop_vars)),
                escape(environment.getitem((undefined(name='say') if l_0_say is missing else l_0_say), markup_join(('legend_', l_2_kind, )))),
                '</li>',
            ))
        l_2_kind = missing
        t_17.append(
            '</ul>',
        )
        return concat(t_17)
    context.exported_vars.add('key')
    context.vars['key'] = l_0_key = Macro(environment, macro, 'key', ('kinds',), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_c, l_1_rest):
        t_18 = []
        if l_1_c is missing:
            l_1_c = undefined("parameter 'c' was not provided", name='c')
        if l_1_rest is missing:
            l_1_rest = undefined("parameter 'rest' was not provided", name='rest')
        pass
        if environment.getattr(l_1_c, 'criteria'):
            pass
            t_18.extend((
                '<p><span>',
                escape(environment.getitem(environment.getattr(l_1_c, 'both'), 0)),
                '</span>',
                escape(context.call((undefined(name='refs') if l_0_refs is missing else l_0_refs), environment.getitem(environment.getattr(l_1_c, 'both'), 1))),
                '</p>\n',
            ))
            if environment.getattr(l_1_c, 'drawn'):
                pass
                t_18.extend((
                    escape(context.call((undefined(name='points') if l_0_points is missing else l_0_points), environment.getattr(l_1_c, 'drawn'), markup_join(('c-', environment.getattr(l_1_c, 'anchor'), )))),
                    '\n',
                ))
            t_18.extend((
                '<table class="stack">\n<thead><tr><th scope="col">',
                escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'criterion')),
                '</th><th scope="col">',
                escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'strength')),
                '</th><th scope="col" class="n">',
                escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'points_head')),
                '</th><th scope="col">',
                escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'evidence')),
                '</th><th scope="col">',
                escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'source')),
                '</th></tr></thead>\n<tbody>',
            ))
            for (l_2_one, l_2_numbers) in environment.getattr(l_1_c, 'criteria'):
                _loop_vars = {}
                pass
                t_18.extend((
                    '<tr><th scope="row">',
                    escape(environment.getattr(l_2_one, 'code')),
                    '</th><td data-t="',
                    escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'strength')),
                    '">',
                    escape(environment.getattr(l_2_one, 'strength')),
                    '</td><td class="n" data-t="',
                    escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'points_head')),
                    '">',
                    escape(environment.getattr(l_2_one, 'points')),
                    '</td><td>',
                    escape(environment.getattr(l_2_one, 'evidence')),
                    '</td><td data-t="',
                    escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'source')),
                    '">',
                    escape(context.call((undefined(name='refs') if l_0_refs is missing else l_0_refs), l_2_numbers, _loop_vars=_loop_vars)),
                    '</td></tr>\n',
                ))
            l_2_one = l_2_numbers = missing
            t_18.append(
                '</tbody></table>',
            )
        if environment.getattr(l_1_c, 'not_met'):
            pass
            t_18.extend((
                '\n<details><summary>',
                escape(l_1_rest),
                ' (',
                escape(t_2(environment.getattr(l_1_c, 'not_met'))),
                ') <span class="folded">',
                escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'folded')),
                '</span></summary>\n<table class="stack">\n<thead><tr><th scope="col">',
                escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'criterion')),
                '</th><th scope="col">',
                escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'state')),
                '</th><th scope="col">',
                escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'reason')),
                '</th><th scope="col">',
                escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'source')),
                '</th></tr></thead>\n<tbody>',
            ))
            for (l_2_code, l_2_state, l_2_reason, l_2_numbers) in environment.getattr(l_1_c, 'not_met'):
                _loop_vars = {}
                pass
                t_18.extend((
                    '<tr><th scope="row">',
                    escape(l_2_code),
                    '</th><td data-t="',
                    escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'state')),
                    '">',
                    escape(l_2_state),
                    '</td><td>',
                    escape(l_2_reason),
                    '</td><td data-t="',
                    escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'source')),
                    '">',
                    escape(context.call((undefined(name='refs') if l_0_refs is missing else l_0_refs), l_2_numbers, _loop_vars=_loop_vars)),
                    '</td></tr>\n',
                ))
            l_2_code = l_2_state = l_2_reason = l_2_numbers = missing
            t_18.append(
                '</tbody></table></details>',
            )
        return concat(t_18)
    context.exported_vars.add('judged')
    context.vars['judged'] = l_0_judged = Macro(environment, macro, 'judged', ('c', 'rest'), False, False, False, context.eval_ctx.autoescape)
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="robots" content="noindex">\n<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\''
    if ((undefined(name='letterhead') if l_0_letterhead is missing else l_0_letterhead) and environment.getattr((undefined(name='letterhead') if l_0_letterhead is missing else l_0_letterhead), 'logo')):
        pass
        yield '; img-src data:'
    yield '">\n<title>'
    yield escape((undefined(name='title') if l_0_title is missing else l_0_title))
    yield '</title>\n<style>'
    yield escape((undefined(name='css') if l_0_css is missing else l_0_css))
    yield '</style>\n</head>\n<body>\n<a class="skip" href="#main">'
    yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'skip'))
    yield '</a>\n<header>\n<div class="banner"><div class="wrap">'
    yield escape(environment.getattr((undefined(name='said') if l_0_said is missing else l_0_said), 'banner'))
    yield '</div></div>\n'
    if (undefined(name='letterhead') if l_0_letterhead is missing else l_0_letterhead):
        pass
        yield '<div class="wrap letterhead">'
        if environment.getattr((undefined(name='letterhead') if l_0_letterhead is missing else l_0_letterhead), 'logo'):
            pass
            yield '<img src="'
            yield escape(environment.getattr((undefined(name='letterhead') if l_0_letterhead is missing else l_0_letterhead), 'logo'))
            yield '" alt="">'
        yield '<div><strong>'
        yield escape(environment.getattr((undefined(name='letterhead') if l_0_letterhead is missing else l_0_letterhead), 'name'))
        yield '</strong>'
        for l_1_line in environment.getattr((undefined(name='letterhead') if l_0_letterhead is missing else l_0_letterhead), 'address'):
            _loop_vars = {}
            pass
            yield '<span>'
            yield escape(l_1_line)
            yield '</span>'
        l_1_line = missing
        if environment.getattr((undefined(name='letterhead') if l_0_letterhead is missing else l_0_letterhead), 'accreditation'):
            pass
            yield '<span>'
            yield escape(environment.getattr((undefined(name='letterhead') if l_0_letterhead is missing else l_0_letterhead), 'accreditation'))
            yield '</span>'
        yield '</div></div>\n'
    yield '<div class="wrap top">\n'
    if (undefined(name='panel') if l_0_panel is missing else l_0_panel):
        pass
        yield '<p class="kicker">'
        yield escape((undefined(name='panel') if l_0_panel is missing else l_0_panel))
        yield '</p>'
    yield '\n<h1>'
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
    yield '</dl>\n</div>\n</header>\n<main id="main" class="wrap">\n'
    if (undefined(name='failed') if l_0_failed is missing else l_0_failed):
        pass
        yield '<p class="stop high">'
        yield escape(environment.getattr((undefined(name='said') if l_0_said is missing else l_0_said), 'failed_banner'))
        yield '</p>\n'
    elif (undefined(name='hold') if l_0_hold is missing else l_0_hold):
        pass
        yield '<p class="stop high">'
        yield escape(environment.getattr((undefined(name='said') if l_0_said is missing else l_0_said), 'hold'))
        yield '</p>\n'
    yield '<div class="first'
    if (undefined(name='failed') if l_0_failed is missing else l_0_failed):
        pass
        yield ' is-failed'
    elif (undefined(name='problems') if l_0_problems is missing else l_0_problems):
        pass
        yield ' has-warnings'
    yield '">\n<section class="pane result '
    yield escape(environment.getattr((undefined(name='result') if l_0_result is missing else l_0_result), 'tone'))
    yield '" aria-labelledby="result">\n<h2 id="result">'
    yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'result'))
    yield ' <span class="chip '
    yield escape(environment.getattr((undefined(name='result') if l_0_result is missing else l_0_result), 'tone'))
    yield '">'
    yield escape(environment.getattr((undefined(name='result') if l_0_result is missing else l_0_result), 'label'))
    yield '</span>'
    if environment.getattr((undefined(name='result') if l_0_result is missing else l_0_result), 'unresolved'):
        pass
        yield ' <span class="chip open">'
        yield escape(environment.getattr((undefined(name='result') if l_0_result is missing else l_0_result), 'unresolved'))
        yield '</span>'
    yield '</h2>\n<p class="say"><span>'
    yield escape(environment.getitem(environment.getattr((undefined(name='result') if l_0_result is missing else l_0_result), 'say'), 0))
    yield '</span>'
    yield escape(context.call((undefined(name='refs') if l_0_refs is missing else l_0_refs), environment.getitem(environment.getattr((undefined(name='result') if l_0_result is missing else l_0_result), 'say'), 1)))
    yield '</p>\n'
    if (undefined(name='first_line') if l_0_first_line is missing else l_0_first_line):
        pass
        yield '<dl class="line">'
        for (l_1_name, l_1_value) in (undefined(name='first_line') if l_0_first_line is missing else l_0_first_line):
            _loop_vars = {}
            pass
            yield '<div><dt>'
            yield escape(l_1_name)
            yield '</dt><dd>'
            yield escape(l_1_value)
            yield '</dd></div>'
        l_1_name = l_1_value = missing
        yield '</dl>\n'
    yield escape(context.call((undefined(name='cited') if l_0_cited is missing else l_0_cited), environment.getattr((undefined(name='result') if l_0_result is missing else l_0_result), 'detail')))
    yield '\n'
    if (undefined(name='discordant') if l_0_discordant is missing else l_0_discordant):
        pass
        yield '<div class="urgent medium"><h3>'
        yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'discordant'))
        yield '</h3>'
        yield escape(context.call((undefined(name='cited') if l_0_cited is missing else l_0_cited), (undefined(name='discordant') if l_0_discordant is missing else l_0_discordant)))
        yield '</div>'
    yield '\n'
    if environment.getattr((undefined(name='result') if l_0_result is missing else l_0_result), 'genes'):
        pass
        yield '<h3>'
        yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'six'))
        yield '</h3>\n<ul class="six">'
        for (l_1_name, l_1_label, l_1_tone, l_1_open) in environment.getattr((undefined(name='result') if l_0_result is missing else l_0_result), 'genes'):
            _loop_vars = {}
            pass
            yield '<li><b>'
            yield escape(l_1_name)
            yield '</b> <span class="'
            yield escape(l_1_tone)
            yield '">'
            yield escape(l_1_label)
            yield '</span>'
            if l_1_open:
                pass
                yield ' <span class="soft">('
                yield escape(l_1_open)
                yield ')</span>'
            yield '</li>'
        l_1_name = l_1_label = l_1_tone = l_1_open = missing
        yield '</ul>'
    yield '\n</section>\n'
    if (undefined(name='problems') if l_0_problems is missing else l_0_problems):
        pass
        yield '<section class="pane warn" aria-labelledby="warnings">\n<h2 id="warnings">'
        yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'warnings'))
        yield '</h2>\n<ul class="warnings">\n'
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
        yield '</ul>\n</section>\n'
    if (not (undefined(name='failed') if l_0_failed is missing else l_0_failed)):
        pass
        yield '<section class="pane unseen" aria-labelledby="unseen">\n<h2 id="unseen">'
        yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'unseen'))
        yield '</h2>\n<p class="say">'
        yield escape(environment.getattr((undefined(name='unseen') if l_0_unseen is missing else l_0_unseen), 'say'))
        yield '</p>\n'
        if (undefined(name='genes') if l_0_genes is missing else l_0_genes):
            pass
            yield '<div class="strip" role="img" aria-label="'
            yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'exons_drawn'))
            yield '">'
            for l_1_g in (undefined(name='genes') if l_0_genes is missing else l_0_genes):
                _loop_vars = {}
                pass
                yield '<b>'
                yield escape(environment.getattr(l_1_g, 'gene'))
                yield '</b><div class="boxes">'
                for (l_2_short, l_2_mark, l_2_told) in environment.getattr(l_1_g, 'boxes'):
                    _loop_vars = {}
                    pass
                    yield '<span class="'
                    yield escape(l_2_mark)
                    yield '" title="'
                    yield escape(l_2_told)
                    yield '">'
                    yield escape(l_2_short)
                    yield '</span>'
                l_2_short = l_2_mark = l_2_told = missing
                yield '</div>'
            l_1_g = missing
            yield '</div>\n<ul class="key">'
            for l_1_mark in (undefined(name='marks') if l_0_marks is missing else l_0_marks):
                _loop_vars = {}
                pass
                yield '<li><span class="boxes"><span class="'
                yield escape(l_1_mark)
                yield '"></span></span>'
                yield escape(environment.getitem((undefined(name='say') if l_0_say is missing else l_0_say), markup_join(('legend_', l_1_mark, ))))
                yield '</li>'
            l_1_mark = missing
            yield '</ul>\n'
        if environment.getattr((undefined(name='unseen') if l_0_unseen is missing else l_0_unseen), 'groups'):
            pass
            yield '<ul>'
            l_1_loop = missing
            for (l_1_status, l_1_basis, l_1_genes), l_1_loop in LoopContext(environment.getattr((undefined(name='unseen') if l_0_unseen is missing else l_0_unseen), 'groups'), undefined):
                _loop_vars = {}
                pass
                yield '<li>'
                l_2_loop = missing
                for (l_2_name, l_2_exons), l_2_loop in LoopContext(l_1_genes, undefined):
                    _loop_vars = {}
                    pass
                    yield '<b>'
                    yield escape(l_2_name)
                    yield '</b> '
                    yield escape(l_2_exons)
                    if (not environment.getattr(l_2_loop, 'last')):
                        pass
                        yield '; '
                l_2_loop = l_2_name = l_2_exons = missing
                yield ': '
                yield escape(l_1_status)
                yield ' <span class="soft">('
                yield escape(l_1_basis)
                yield ')</span></li>'
            l_1_loop = l_1_status = l_1_basis = l_1_genes = missing
            yield '</ul>'
        yield '\n<div class="small">'
        yield escape(context.call((undefined(name='cited') if l_0_cited is missing else l_0_cited), (undefined(name='limits') if l_0_limits is missing else l_0_limits)[:(undefined(name='limits_shown') if l_0_limits_shown is missing else l_0_limits_shown)]))
        yield '<p><a href="#limits">'
        yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'all_limits'))
        yield '</a></p></div>\n</section>\n<section class="pane why" aria-labelledby="why">\n<h2 id="why">'
        yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'why'))
        yield '</h2>\n'
        yield escape(context.call((undefined(name='cited') if l_0_cited is missing else l_0_cited), (undefined(name='why') if l_0_why is missing else l_0_why)))
        yield '\n'
        if (not (undefined(name='why') if l_0_why is missing else l_0_why)):
            pass
            yield '<p class="soft">'
            yield escape(environment.getattr((undefined(name='said') if l_0_said is missing else l_0_said), 'no_conclusions'))
            yield '</p>'
        yield '\n</section>\n<section class="pane sure" aria-labelledby="sure">\n<h2 id="sure">'
        yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'sure'))
        yield '</h2>\n<dl class="pairs">'
        for (l_1_name, l_1_lines) in (undefined(name='sure') if l_0_sure is missing else l_0_sure):
            _loop_vars = {}
            pass
            yield '<dt>'
            yield escape(l_1_name)
            yield '</dt><dd>'
            for (l_2_line, l_2_numbers) in l_1_lines:
                _loop_vars = {}
                pass
                yield '<div>'
                yield escape(l_2_line)
                yield escape(context.call((undefined(name='refs') if l_0_refs is missing else l_0_refs), l_2_numbers, _loop_vars=_loop_vars))
                yield '</div>'
            l_2_line = l_2_numbers = missing
            yield '</dd>'
        l_1_name = l_1_lines = missing
        yield '</dl>\n'
        if (not (undefined(name='problems') if l_0_problems is missing else l_0_problems)):
            pass
            yield '<p class="soft">'
            yield escape(environment.getattr((undefined(name='said') if l_0_said is missing else l_0_said), 'no_problems'))
            yield '</p>'
        yield '\n</section>\n<section class="pane next" aria-labelledby="next">\n<h2 id="next">'
        yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'next'))
        yield '</h2>\n<div class="steps">'
        if environment.getattr((undefined(name='next') if l_0_next is missing else l_0_next), 'urgent'):
            pass
            yield '<div class="urgent high"><h3>'
            yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'urgent'))
            yield '</h3>'
            yield escape(context.call((undefined(name='cited') if l_0_cited is missing else l_0_cited), environment.getattr((undefined(name='next') if l_0_next is missing else l_0_next), 'urgent')))
            yield '</div>'
        yield '\n'
        if environment.getattr((undefined(name='next') if l_0_next is missing else l_0_next), 'step'):
            pass
            yield '<div class="step"><h3>'
            yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'next_best'))
            yield '</h3><p><b>'
            yield escape(environment.getitem(environment.getattr(environment.getattr((undefined(name='next') if l_0_next is missing else l_0_next), 'step'), 'test'), 0))
            yield '</b>'
            yield escape(context.call((undefined(name='refs') if l_0_refs is missing else l_0_refs), environment.getitem(environment.getattr(environment.getattr((undefined(name='next') if l_0_next is missing else l_0_next), 'step'), 'test'), 1)))
            yield '</p>\n<p class="soft">'
            yield escape(environment.getattr(environment.getattr((undefined(name='next') if l_0_next is missing else l_0_next), 'step'), 'urgency'))
            yield '. '
            yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'specimen'))
            yield ': <span>'
            yield escape(environment.getitem(environment.getattr(environment.getattr((undefined(name='next') if l_0_next is missing else l_0_next), 'step'), 'specimen'), 0))
            yield '</span>'
            yield escape(context.call((undefined(name='refs') if l_0_refs is missing else l_0_refs), environment.getitem(environment.getattr(environment.getattr((undefined(name='next') if l_0_next is missing else l_0_next), 'step'), 'specimen'), 1)))
            yield '</p>\n'
            if environment.getattr(environment.getattr((undefined(name='next') if l_0_next is missing else l_0_next), 'step'), 'given'):
                pass
                yield '<p><b>'
                yield escape(environment.getattr(environment.getattr((undefined(name='next') if l_0_next is missing else l_0_next), 'step'), 'given'))
                yield '</b></p>\n'
            yield escape(context.call((undefined(name='cited') if l_0_cited is missing else l_0_cited), environment.getattr(environment.getattr((undefined(name='next') if l_0_next is missing else l_0_next), 'step'), 'outcomes')))
            yield '</div>'
        yield '\n'
        if environment.getattr((undefined(name='next') if l_0_next is missing else l_0_next), 'tests'):
            pass
            yield '<div><h3>'
            yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'next_tests'))
            yield '</h3>'
            yield escape(context.call((undefined(name='cited') if l_0_cited is missing else l_0_cited), environment.getattr((undefined(name='next') if l_0_next is missing else l_0_next), 'tests')))
            yield '</div>'
        yield '\n'
        if environment.getattr((undefined(name='next') if l_0_next is missing else l_0_next), 'others'):
            pass
            yield '<div><h3>'
            yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'next_other'))
            yield '</h3><ul>'
            for (l_1_name, l_1_tests) in environment.getattr((undefined(name='next') if l_0_next is missing else l_0_next), 'others'):
                _loop_vars = {}
                pass
                for (l_2_test, l_2_numbers) in l_1_tests:
                    _loop_vars = {}
                    pass
                    yield '<li><b>'
                    yield escape(l_1_name)
                    yield '</b> '
                    yield escape(l_2_test)
                    yield escape(context.call((undefined(name='refs') if l_0_refs is missing else l_0_refs), l_2_numbers, _loop_vars=_loop_vars))
                    yield '</li>'
                l_2_test = l_2_numbers = missing
            l_1_name = l_1_tests = missing
            yield '</ul></div>'
        yield '</div>\n'
        if ((((not environment.getattr((undefined(name='next') if l_0_next is missing else l_0_next), 'step')) and (not environment.getattr((undefined(name='next') if l_0_next is missing else l_0_next), 'tests'))) and (not environment.getattr((undefined(name='next') if l_0_next is missing else l_0_next), 'others'))) and (not environment.getattr((undefined(name='next') if l_0_next is missing else l_0_next), 'urgent'))):
            pass
            yield '<p class="soft">'
            yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'no_next'))
            yield '</p>'
        yield '\n</section>'
    yield '\n</div>\n'
    if (not (undefined(name='failed') if l_0_failed is missing else l_0_failed)):
        pass
        l_1_loop = missing
        for l_1_f, l_1_loop in LoopContext(environment.getattr((undefined(name='figures') if l_0_figures is missing else l_0_figures), 'large'), undefined):
            _loop_vars = {}
            pass
            yield '<section class="figure" aria-labelledby="f-'
            yield escape(environment.getattr(l_1_f, 'gene'))
            yield '">\n<h2 id="f-'
            yield escape(environment.getattr(l_1_f, 'gene'))
            yield '">'
            if environment.getattr(l_1_loop, 'first'):
                pass
                yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'drawn'))
                yield ': '
            yield escape(environment.getattr(l_1_f, 'gene'))
            yield ' <span class="soft">'
            yield escape(environment.getattr(environment.getattr(l_1_f, 'wide'), 'transcript'))
            yield '</span></h2>\n<figure>\n'
            yield escape(context.call((undefined(name='gene') if l_0_gene is missing else l_0_gene), environment.getattr(environment.getattr(l_1_f, 'wide'), 'd'), markup_join(('g-', environment.getattr(l_1_f, 'gene'), )), environment.getattr(environment.getattr(l_1_f, 'wide'), 'title'), environment.getattr(environment.getattr(l_1_f, 'wide'), 'told'), 'wide', _loop_vars=_loop_vars))
            yield '\n'
            yield escape(context.call((undefined(name='gene') if l_0_gene is missing else l_0_gene), environment.getattr(l_1_f, 'narrow'), markup_join(('gn-', environment.getattr(l_1_f, 'gene'), )), environment.getattr(environment.getattr(l_1_f, 'wide'), 'title'), environment.getattr(environment.getattr(l_1_f, 'wide'), 'told'), 'narrow', _loop_vars=_loop_vars))
            yield '\n<p class="over">'
            yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'protein'))
            yield ' <span class="soft">('
            yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'residues'))
            yield ')</span></p>\n'
            yield escape(context.call((undefined(name='protein') if l_0_protein is missing else l_0_protein), environment.getattr(l_1_f, 'protein'), markup_join(('p-', environment.getattr(l_1_f, 'gene'), )), environment.getattr(l_1_f, 'protein_title'), environment.getattr(l_1_f, 'protein_told'), 'wide', _loop_vars=_loop_vars))
            yield '\n'
            yield escape(context.call((undefined(name='protein') if l_0_protein is missing else l_0_protein), environment.getattr(l_1_f, 'protein_narrow'), markup_join(('pn-', environment.getattr(l_1_f, 'gene'), )), environment.getattr(l_1_f, 'protein_title'), environment.getattr(l_1_f, 'protein_told'), 'narrow', _loop_vars=_loop_vars))
            yield '\n'
            yield escape(context.call((undefined(name='key') if l_0_key is missing else l_0_key), ((((['assessed', 'partly', 'not_assessed', 'untranslated'] + (['twin'] if environment.getattr(l_1_f, 'twin') else [])) + environment.getattr(l_1_f, 'tones')) + (['open'] if environment.getattr(l_1_f, 'open') else [])) + (['to_end'] if environment.getattr(l_1_f, 'to_end') else [])), _loop_vars=_loop_vars))
            yield '\n<figcaption class="soft">'
            if environment.getattr(l_1_f, 'references'):
                pass
                yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'drawn_scale'))
                yield escape(context.call((undefined(name='refs') if l_0_refs is missing else l_0_refs), environment.getattr(l_1_f, 'references'), _loop_vars=_loop_vars))
            else:
                pass
                yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'drawn_scale_short'))
            yield '</figcaption>\n</figure>\n</section>\n'
        l_1_loop = l_1_f = missing
        if environment.getattr((undefined(name='figures') if l_0_figures is missing else l_0_figures), 'small'):
            pass
            yield '<details class="others"'
            if (not environment.getattr((undefined(name='figures') if l_0_figures is missing else l_0_figures), 'large')):
                pass
                yield ' open'
            yield '>\n<summary>'
            if environment.getattr((undefined(name='figures') if l_0_figures is missing else l_0_figures), 'large'):
                pass
                yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'other_genes'))
            else:
                pass
                yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'drawn_none'))
            yield '</summary>\n<div class="multiples">'
            for l_1_f in environment.getattr((undefined(name='figures') if l_0_figures is missing else l_0_figures), 'small'):
                _loop_vars = {}
                pass
                yield '<figure><p class="over"><b>'
                yield escape(environment.getattr(l_1_f, 'gene'))
                yield '</b> <span class="soft">'
                yield escape(environment.getattr(l_1_f, 'transcript'))
                yield '</span></p>'
                yield escape(context.call((undefined(name='gene') if l_0_gene is missing else l_0_gene), environment.getattr(l_1_f, 'd'), markup_join(('g-', environment.getattr(l_1_f, 'gene'), )), environment.getattr(l_1_f, 'title'), environment.getattr(l_1_f, 'told'), 'small', _loop_vars=_loop_vars))
                yield '</figure>'
            l_1_f = missing
            yield '</div>\n'
            yield escape(context.call((undefined(name='key') if l_0_key is missing else l_0_key), ['assessed', 'partly', 'not_assessed', 'untranslated', 'twin']))
            yield '\n<p class="soft">'
            yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'drawn_scale_short'))
            yield '</p>\n</details>\n'
        if (undefined(name='pedigree') if l_0_pedigree is missing else l_0_pedigree):
            pass
            yield '<section class="figure" aria-labelledby="family">\n<h2 id="family">'
            yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'pedigree'))
            yield '</h2>\n<figure class="family">'
            l_0_d = environment.getattr((undefined(name='pedigree') if l_0_pedigree is missing else l_0_pedigree), 'd')
            context.vars['d'] = l_0_d
            context.exported_vars.add('d')
            yield '\n<svg class="fig tree" viewBox="0 0 '
            yield escape(environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'width'))
            yield ' '
            yield escape(environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'height'))
            yield '" role="img" aria-labelledby="tree-t tree-d"><title id="tree-t">'
            yield escape(environment.getattr((undefined(name='pedigree') if l_0_pedigree is missing else l_0_pedigree), 'title'))
            yield '</title><desc id="tree-d">'
            yield escape(environment.getattr((undefined(name='pedigree') if l_0_pedigree is missing else l_0_pedigree), 'told'))
            yield '</desc>\n<path class="kin" d="M'
            yield escape(environment.getitem(environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'mating'), 0))
            yield ' '
            yield escape(environment.getitem(environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'mating'), 2))
            yield 'H'
            yield escape(environment.getitem(environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'mating'), 1))
            yield 'M'
            yield escape(environment.getitem(environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'descent'), 0))
            yield ' '
            yield escape(environment.getitem(environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'descent'), 1))
            yield 'V'
            yield escape(environment.getitem(environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'descent'), 2))
            yield '"/>'
            for (l_1_x1, l_1_y1, l_1_x2, l_1_y2, l_1_dashed) in environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'siblings'):
                _loop_vars = {}
                pass
                yield '<path class="kin'
                if l_1_dashed:
                    pass
                    yield ' half'
                yield '" d="M'
                yield escape(l_1_x1)
                yield ' '
                yield escape(l_1_y1)
                yield 'H'
                yield escape(l_1_x2)
                yield 'V'
                yield escape(l_1_y2)
                yield '"/>'
            l_1_x1 = l_1_y1 = l_1_x2 = l_1_y2 = l_1_dashed = missing
            yield '\n'
            for l_1_s in environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'symbols'):
                _loop_vars = {}
                pass
                yield escape(context.call((undefined(name='symbol') if l_0_symbol is missing else l_0_symbol), l_1_s, environment.getattr((undefined(name='pedigree') if l_0_pedigree is missing else l_0_pedigree), 'fetus'), _loop_vars=_loop_vars))
            l_1_s = missing
            yield '</svg>\n<figcaption>'
            if environment.getattr((undefined(name='pedigree') if l_0_pedigree is missing else l_0_pedigree), 'disease'):
                pass
                yield '<p>'
                yield escape(environment.getattr((undefined(name='pedigree') if l_0_pedigree is missing else l_0_pedigree), 'disease'))
                yield '</p>'
            yield '\n<ul class="key">'
            for l_1_fill in environment.getattr((undefined(name='pedigree') if l_0_pedigree is missing else l_0_pedigree), 'fills'):
                _loop_vars = {}
                pass
                yield '<li><svg class="fig swatch" viewBox="0 0 22 16" aria-hidden="true" focusable="false"><g class="member '
                yield escape(l_1_fill)
                yield '"><circle cx="11" cy="8" r="7"/>'
                if (l_1_fill == 'carrier'):
                    pass
                    yield '<path class="half" d="M11 1a7 7 0 0 0 0 14z"/>'
                elif (l_1_fill == 'carrier_x'):
                    pass
                    yield '<circle class="dot" cx="11" cy="8" r="2.5"/>'
                elif (l_1_fill == 'unknown'):
                    pass
                    yield '<text class="mark" x="11" y="12.5" text-anchor="middle">?</text>'
                yield '</g></svg>'
                yield escape(environment.getitem((undefined(name='say') if l_0_say is missing else l_0_say), markup_join(('fill_', l_1_fill, ))))
                yield '</li>'
            l_1_fill = missing
            yield '<li><svg class="fig swatch" viewBox="0 0 22 16" aria-hidden="true" focusable="false"><path class="arrow" d="M4 14L16 4m-7 0l7 0l0 7"/></svg>'
            yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'fill_proband'))
            yield '</li>'
            if environment.getattr((undefined(name='pedigree') if l_0_pedigree is missing else l_0_pedigree), 'half'):
                pass
                yield '<li>'
                yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'fill_kin'))
                yield '</li>'
            yield '</ul>\n'
            if environment.getattr((undefined(name='pedigree') if l_0_pedigree is missing else l_0_pedigree), 'more'):
                pass
                yield '<p class="soft">'
                yield escape(environment.getattr((undefined(name='pedigree') if l_0_pedigree is missing else l_0_pedigree), 'more'))
                yield '</p>'
            yield '\n'
            if environment.getattr((undefined(name='pedigree') if l_0_pedigree is missing else l_0_pedigree), 'names'):
                pass
                yield '<ul>'
                for (l_1_short, l_1_name) in environment.getattr((undefined(name='pedigree') if l_0_pedigree is missing else l_0_pedigree), 'names'):
                    _loop_vars = {}
                    pass
                    yield '<li>'
                    yield escape(l_1_short)
                    yield ': <span class="hgvs">'
                    yield escape(l_1_name)
                    yield '</span></li>'
                l_1_short = l_1_name = missing
                yield '</ul>'
            yield '</figcaption>\n</figure>\n</section>\n'
        if (undefined(name='family_alleles') if l_0_family_alleles is missing else l_0_family_alleles):
            pass
            yield '<section class="told" aria-labelledby="family-alleles">\n<h2 id="family-alleles">'
            yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'family_alleles'))
            yield '</h2>\n<p class="soft">'
            yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'family_alleles_intro'))
            yield '</p>\n'
            yield escape(context.call((undefined(name='cited') if l_0_cited is missing else l_0_cited), (undefined(name='family_alleles') if l_0_family_alleles is missing else l_0_family_alleles)))
            yield '\n</section>\n'
        if (undefined(name='observed') if l_0_observed is missing else l_0_observed):
            pass
            yield '<section class="told" aria-labelledby="observed">\n<h2 id="observed">'
            yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'observed'))
            yield '</h2>\n<p class="soft">'
            if environment.getattr((undefined(name='observed') if l_0_observed is missing else l_0_observed), 'reason'):
                pass
                yield escape(environment.getattr((undefined(name='observed') if l_0_observed is missing else l_0_observed), 'reason'))
            else:
                pass
                yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'observed_intro'))
            yield '</p>\n'
            for l_1_c in environment.getattr((undefined(name='observed') if l_0_observed is missing else l_0_observed), 'compared'):
                _loop_vars = {}
                pass
                yield '<h3>'
                yield escape(environment.getattr(l_1_c, 'disease'))
                yield '</h3>\n'
                if environment.getattr(l_1_c, 'remarks'):
                    pass
                    yield '<div class="urgent medium"><h4>'
                    yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'discordant'))
                    yield '</h4>'
                    yield escape(context.call((undefined(name='cited') if l_0_cited is missing else l_0_cited), environment.getattr(l_1_c, 'remarks'), _loop_vars=_loop_vars))
                    yield '</div>'
                elif environment.getattr(l_1_c, 'fits'):
                    pass
                    yield '<p>'
                    yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'fits'))
                    yield '</p>'
                yield '\n'
                if environment.getattr(l_1_c, 'rows'):
                    pass
                    yield '<table class="stack compared">\n<thead><tr><th scope="col">'
                    yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'finding'))
                    yield '</th><th scope="col">'
                    yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'here'))
                    yield '</th><th scope="col">'
                    yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'counts_as'))
                    yield '</th><th scope="col">'
                    yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'how_often'))
                    yield '</th><th scope="col">'
                    yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'source'))
                    yield '</th></tr></thead>\n<tbody>'
                    for l_2_r in environment.getattr(l_1_c, 'rows'):
                        _loop_vars = {}
                        pass
                        yield '<tr class="'
                        yield escape(environment.getattr(l_2_r, 'standing'))
                        yield '"><th scope="row">'
                        yield escape(environment.getattr(l_2_r, 'label'))
                        yield '</th><td data-t="'
                        yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'here'))
                        yield '"><svg class="fig mark-of" viewBox="0 0 12 12" aria-hidden="true" focusable="false"><circle cx="6" cy="6" r="4.5"/></svg>'
                        yield escape(environment.getattr(l_2_r, 'told'))
                        if environment.getattr(l_2_r, 'observed'):
                            pass
                            yield ' <span class="soft">'
                            yield escape(t_1(context.eval_ctx, environment.getattr(l_2_r, 'observed'), ', '))
                            yield '</span>'
                        yield '</td><td data-t="'
                        yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'counts_as'))
                        yield '">'
                        yield escape(environment.getattr(l_2_r, 'expected'))
                        yield '</td><td data-t="'
                        yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'how_often'))
                        yield '">'
                        yield escape(environment.getattr(l_2_r, 'frequency'))
                        if environment.getattr(l_2_r, 'bar'):
                            pass
                            yield '<svg class="fig share" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="all" width="100" height="6"/><rect class="some" x="'
                            yield escape(environment.getitem(environment.getattr(l_2_r, 'bar'), 0))
                            yield '" width="'
                            yield escape(environment.getitem(environment.getattr(l_2_r, 'bar'), 1))
                            yield '" height="6"/></svg>'
                        yield '</td><td data-t="'
                        yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'source'))
                        yield '">'
                        yield escape(context.call((undefined(name='refs') if l_0_refs is missing else l_0_refs), environment.getattr(l_2_r, 'references'), _loop_vars=_loop_vars))
                        yield '</td></tr>\n'
                    l_2_r = missing
                    yield '</tbody></table>'
                yield '\n'
                if environment.getattr(l_1_c, 'open'):
                    pass
                    yield '<details class="more"><summary>'
                    yield escape(environment.getattr(l_1_c, 'open_head'))
                    yield ' <span class="folded">'
                    yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'folded'))
                    yield '</span></summary><p>'
                    yield escape(t_1(context.eval_ctx, environment.getattr(l_1_c, 'open'), '; '))
                    yield '</p></details>'
                yield '\n'
            l_1_c = missing
            if environment.getattr((undefined(name='observed') if l_0_observed is missing else l_0_observed), 'order'):
                pass
                yield '<h3>'
                yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'order'))
                yield '</h3>\n<p class="soft">'
                yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'order_intro'))
                yield '</p>\n<table class="stack order">\n<thead><tr><th scope="col" class="n">'
                yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'rank'))
                yield '</th><th scope="col">'
                yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'disease'))
                yield '</th><th scope="col" class="n">'
                yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'sum'))
                yield '</th><th scope="col">'
                yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'grounds'))
                yield '</th></tr></thead>\n<tbody>'
                for l_1_o in environment.getattr((undefined(name='observed') if l_0_observed is missing else l_0_observed), 'order'):
                    _loop_vars = {}
                    pass
                    yield '<tr><td class="n" data-t="'
                    yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'rank'))
                    yield '">'
                    yield escape(environment.getattr(l_1_o, 'rank'))
                    yield '</td><th scope="row">'
                    yield escape(environment.getattr(l_1_o, 'disease'))
                    yield ' <span class="soft">'
                    yield escape(environment.getattr(l_1_o, 'gene'))
                    yield '</span></th><td class="n" data-t="'
                    yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'sum'))
                    yield '">'
                    yield escape(environment.getattr(l_1_o, 'score'))
                    yield '</td><td>'
                    if environment.getattr(l_1_o, 'reasons'):
                        pass
                        yield '<ul>'
                        for (l_2_said, l_2_weight, l_2_numbers) in environment.getattr(l_1_o, 'reasons'):
                            _loop_vars = {}
                            pass
                            yield '<li><span>'
                            yield escape(l_2_said)
                            yield '</span> <b>'
                            yield escape(l_2_weight)
                            yield '</b>'
                            yield escape(context.call((undefined(name='refs') if l_0_refs is missing else l_0_refs), l_2_numbers, _loop_vars=_loop_vars))
                            yield '</li>'
                        l_2_said = l_2_weight = l_2_numbers = missing
                        yield '</ul>'
                    yield '</td></tr>\n'
                l_1_o = missing
                yield '</tbody></table>\n'
            if environment.getattr((undefined(name='observed') if l_0_observed is missing else l_0_observed), 'given'):
                pass
                yield '<details class="more"><summary>'
                yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'given'))
                yield ' <span class="folded">'
                yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'folded'))
                yield '</span></summary>\n<p class="soft">'
                yield escape(environment.getattr((undefined(name='observed') if l_0_observed is missing else l_0_observed), 'ontology'))
                yield '</p>\n<table class="stack">\n<thead><tr><th scope="col">'
                yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'finding'))
                yield '</th><th scope="col">'
                yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'result_given'))
                yield '</th><th scope="col">'
                yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'age_given'))
                yield '</th><th scope="col">'
                yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'not_used'))
                yield '</th></tr></thead>\n<tbody>'
                for l_1_g in environment.getattr((undefined(name='observed') if l_0_observed is missing else l_0_observed), 'given'):
                    _loop_vars = {}
                    pass
                    yield '<tr><th scope="row">'
                    yield escape(environment.getattr(l_1_g, 'label'))
                    if environment.getattr(l_1_g, 'id'):
                        pass
                        yield ' <span class="soft">'
                        yield escape(environment.getattr(l_1_g, 'id'))
                        yield '</span>'
                    yield '</th><td data-t="'
                    yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'result_given'))
                    yield '">'
                    yield escape(environment.getattr(l_1_g, 'finding'))
                    if environment.getattr(l_1_g, 'value'):
                        pass
                        yield ' <span class="soft">'
                        yield escape(environment.getattr(l_1_g, 'value'))
                        yield '</span>'
                    yield '</td><td data-t="'
                    yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'age_given'))
                    yield '">'
                    yield escape(environment.getattr(l_1_g, 'age'))
                    yield '</td><td>'
                    yield escape(environment.getattr(l_1_g, 'remark'))
                    yield '</td></tr>\n'
                l_1_g = missing
                yield '</tbody></table></details>\n'
            yield '</section>\n'
        for l_1_s in (undefined(name='sections') if l_0_sections is missing else l_0_sections):
            _loop_vars = {}
            pass
            yield '<section class="told" aria-labelledby="'
            yield escape(environment.getattr(l_1_s, 'id'))
            yield '">\n<h2 id="'
            yield escape(environment.getattr(l_1_s, 'id'))
            yield '">'
            yield escape(environment.getattr(l_1_s, 'head'))
            yield '</h2>\n'
            if environment.getattr(l_1_s, 'intro'):
                pass
                yield '<p class="soft">'
                yield escape(environment.getattr(l_1_s, 'intro'))
                yield '</p>'
            yield '\n'
            for (l_2_disease, l_2_parts) in environment.getattr(l_1_s, 'groups'):
                _loop_vars = {}
                pass
                if l_2_disease:
                    pass
                    yield '<h3>'
                    yield escape(l_2_disease)
                    yield '</h3>'
                yield '\n<div class="topics">'
                for (l_3_topic, l_3_lines) in l_2_parts:
                    _loop_vars = {}
                    pass
                    yield '<div>'
                    if l_3_topic:
                        pass
                        if l_2_disease:
                            pass
                            yield '<h4>'
                            yield escape(l_3_topic)
                            yield '</h4>'
                        else:
                            pass
                            yield '<h3>'
                            yield escape(l_3_topic)
                            yield '</h3>'
                    yield escape(context.call((undefined(name='cited') if l_0_cited is missing else l_0_cited), l_3_lines, _loop_vars=_loop_vars))
                    yield '</div>'
                l_3_topic = l_3_lines = missing
                yield '</div>\n'
            l_2_disease = l_2_parts = missing
            for l_2_t in environment.getattr(l_1_s, 'tables'):
                _loop_vars = {}
                pass
                yield '<details class="more"><summary>'
                if (t_2(environment.getattr(l_1_s, 'tables')) > 1):
                    pass
                    yield escape(environment.getattr(l_2_t, 'disease'))
                    yield ': '
                yield escape(environment.getattr(l_2_t, 'head'))
                yield ' <span class="folded">'
                yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'folded'))
                yield '</span></summary>\n<table class="stack findings">\n<thead><tr><th scope="col">'
                yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'finding'))
                yield '</th><th scope="col">'
                yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'how_often'))
                yield '</th><th scope="col">'
                yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'counts_as'))
                yield '</th><th scope="col">'
                yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'source'))
                yield '</th></tr></thead>\n'
                for (l_3_name, l_3_rows) in environment.getattr(l_2_t, 'groups'):
                    _loop_vars = {}
                    pass
                    yield '<tbody>\n<tr><th scope="rowgroup" colspan="4" class="over">'
                    yield escape(l_3_name)
                    yield '</th></tr>\n'
                    for l_4_r in l_3_rows:
                        _loop_vars = {}
                        pass
                        yield '<tr><td>'
                        yield escape(environment.getattr(l_4_r, 'label'))
                        if environment.getattr(l_4_r, 'id'):
                            pass
                            yield ' <span class="soft">'
                            yield escape(environment.getattr(l_4_r, 'id'))
                            yield '</span>'
                        if environment.getattr(l_4_r, 'note'):
                            pass
                            yield '<div class="soft">'
                            yield escape(environment.getattr(l_4_r, 'note'))
                            yield '</div>'
                        yield '</td><td data-t="'
                        yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'how_often'))
                        yield '">'
                        yield escape(environment.getattr(l_4_r, 'frequency'))
                        yield '</td><td data-t="'
                        yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'counts_as'))
                        yield '">'
                        yield escape(environment.getattr(l_4_r, 'expected'))
                        yield '</td><td data-t="'
                        yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'source'))
                        yield '">'
                        yield escape(context.call((undefined(name='refs') if l_0_refs is missing else l_0_refs), environment.getattr(l_4_r, 'references'), _loop_vars=_loop_vars))
                        yield '</td></tr>\n'
                    l_4_r = missing
                    yield '</tbody>\n'
                l_3_name = l_3_rows = missing
                yield '</table></details>\n'
            l_2_t = missing
            yield '</section>\n'
        l_1_s = missing
        yield '<section aria-labelledby="conclusions">\n<h2 id="conclusions">'
        yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'conclusions'))
        yield '</h2>\n'
        if (undefined(name='conclusions') if l_0_conclusions is missing else l_0_conclusions):
            pass
            yield '<table class="stack by-gene">\n<thead><tr><th scope="col">'
            yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'gene'))
            yield '</th><th scope="col">'
            yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'conclusion'))
            yield '</th><th scope="col">'
            yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'found'))
            yield '</th><th scope="col">'
            yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'why'))
            yield '</th><th scope="col">'
            yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'next_tests'))
            yield '</th></tr></thead>\n<tbody>\n'
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
                yield escape(context.call((undefined(name='refs') if l_0_refs is missing else l_0_refs), environment.getattr(l_1_c, 'references'), _loop_vars=_loop_vars))
                if environment.getattr(l_1_c, 'unresolved'):
                    pass
                    yield '<p><strong>'
                    yield escape(environment.getattr(l_1_c, 'unresolved'))
                    yield '</strong></p>'
                if environment.getattr(l_1_c, 'if_confirmed'):
                    pass
                    yield '<p class="soft">'
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
                yield '</td>\n<td data-t="'
                yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'found'))
                yield '">'
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
                t_19 = 1
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
                    t_19 = 0
                l_2_target = l_2_name = l_2_state = missing
                if t_19:
                    pass
                    if (not environment.getattr(l_1_c, 'diplotype')):
                        pass
                        yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'nothing_reportable'))
                yield '</td>\n<td data-t="'
                yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'why'))
                yield '">'
                yield escape(context.call((undefined(name='cited') if l_0_cited is missing else l_0_cited), environment.getattr(l_1_c, 'reasons'), _loop_vars=_loop_vars))
                yield '</td>\n<td data-t="'
                yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'next_tests'))
                yield '">'
                yield escape(context.call((undefined(name='cited') if l_0_cited is missing else l_0_cited), environment.getattr(l_1_c, 'next_tests'), _loop_vars=_loop_vars))
                yield '</td>\n</tr>\n'
            l_1_c = missing
            yield '</tbody>\n</table>\n'
        else:
            pass
            yield '<p class="soft">'
            yield escape(environment.getattr((undefined(name='said') if l_0_said is missing else l_0_said), 'no_conclusions'))
            yield '</p>\n'
        yield '</section>\n<section aria-labelledby="variants">\n<h2 id="variants">'
        yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'variants'))
        yield '</h2>\n'
        t_20 = 1
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
            yield '</dl>\n<h4>'
            yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'class'))
            yield '</h4>\n<p><strong>'
            yield escape(environment.getattr(l_1_v, 'label'))
            yield '</strong> ('
            yield escape(environment.getattr(l_1_v, 'basis'))
            yield '; '
            yield escape(environment.getattr(l_1_v, 'points'))
            yield '): <span>'
            yield escape(environment.getitem(environment.getattr(l_1_v, 'reason'), 0))
            yield '</span>'
            yield escape(context.call((undefined(name='refs') if l_0_refs is missing else l_0_refs), environment.getitem(environment.getattr(l_1_v, 'reason'), 1), _loop_vars=_loop_vars))
            yield '</p>\n'
            for l_2_line in environment.getattr(l_1_v, 'laboratory'):
                _loop_vars = {}
                pass
                yield '<p>'
                yield escape(l_2_line)
                yield '</p>\n'
            l_2_line = missing
            yield escape(context.call((undefined(name='cited') if l_0_cited is missing else l_0_cited), environment.getattr(l_1_v, 'caps'), _loop_vars=_loop_vars))
            yield '\n'
            if environment.getattr(l_1_v, 'outlook'):
                pass
                yield '<p><span>'
                yield escape(environment.getitem(environment.getattr(l_1_v, 'outlook'), 0))
                yield '</span>'
                yield escape(context.call((undefined(name='refs') if l_0_refs is missing else l_0_refs), environment.getitem(environment.getattr(l_1_v, 'outlook'), 1), _loop_vars=_loop_vars))
                yield '</p>\n'
            yield escape(context.call((undefined(name='judged') if l_0_judged is missing else l_0_judged), l_1_v, environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'criteria_not_met'), _loop_vars=_loop_vars))
            yield '\n'
            if environment.getattr(l_1_v, 'case'):
                pass
                yield '<h4>'
                yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'case_class'))
                yield '</h4>\n<p><strong>'
                yield escape(environment.getattr(environment.getattr(l_1_v, 'case'), 'label'))
                yield '</strong> ('
                yield escape(environment.getattr(environment.getattr(l_1_v, 'case'), 'points'))
                yield '): <span>'
                yield escape(environment.getitem(environment.getattr(environment.getattr(l_1_v, 'case'), 'reason'), 0))
                yield '</span>'
                yield escape(context.call((undefined(name='refs') if l_0_refs is missing else l_0_refs), environment.getitem(environment.getattr(environment.getattr(l_1_v, 'case'), 'reason'), 1), _loop_vars=_loop_vars))
                yield '</p>\n'
                yield escape(context.call((undefined(name='judged') if l_0_judged is missing else l_0_judged), environment.getattr(l_1_v, 'case'), environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'case_not_met'), _loop_vars=_loop_vars))
                yield '\n'
            if environment.getattr(l_1_v, 'evidence'):
                pass
                yield '<h4>'
                yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'evidence'))
                yield '</h4>\n<table class="stack">\n<thead><tr><th scope="col">'
                yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'record'))
                yield '</th><th scope="col">'
                yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'dated'))
                yield '</th><th scope="col">'
                yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'says'))
                yield '</th><th scope="col">'
                yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'source'))
                yield '</th></tr></thead>\n<tbody>'
                for (l_2_one, l_2_numbers) in environment.getattr(l_1_v, 'evidence'):
                    _loop_vars = {}
                    pass
                    yield '<tr><th scope="row" class="any">'
                    yield escape(environment.getattr(l_2_one, 'record'))
                    yield '</th><td class="date" data-t="'
                    yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'dated'))
                    yield '">'
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
                        yield ': '
                    yield '<span>'
                    yield escape(environment.getattr(l_2_one, 'statement'))
                    yield '</span>'
                    if environment.getattr(l_2_one, 'scope'):
                        pass
                        yield ' <span class="soft">'
                        yield escape(environment.getattr(l_2_one, 'scope'))
                        yield '</span>'
                    if environment.getattr(l_2_one, 'old'):
                        pass
                        yield ' <span class="soft">('
                        yield escape(environment.getattr((undefined(name='said') if l_0_said is missing else l_0_said), 'old_record'))
                        yield ')</span>'
                    if environment.getattr(l_2_one, 'unreliable'):
                        pass
                        yield ' <span class="soft">('
                        yield escape(environment.getattr((undefined(name='said') if l_0_said is missing else l_0_said), 'unreliable_frequency'))
                        yield ')</span>'
                    yield '</td><td data-t="'
                    yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'source'))
                    yield '">'
                    yield escape(context.call((undefined(name='refs') if l_0_refs is missing else l_0_refs), l_2_numbers, _loop_vars=_loop_vars))
                    yield '</td></tr>\n'
                l_2_one = l_2_numbers = missing
                yield '</tbody></table>'
            yield '\n'
            if environment.getattr(l_1_v, 'transcripts'):
                pass
                yield '<h4>'
                yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'names'))
                yield '</h4>\n<table class="stack">\n<thead><tr><th scope="col">'
                yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'transcript'))
                yield '</th><th scope="col">'
                yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'coding_name'))
                yield '</th><th scope="col">'
                yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'protein'))
                yield '</th></tr></thead>\n<tbody>'
                for (l_2_accession, l_2_c, l_2_p, l_2_mane) in environment.getattr(l_1_v, 'transcripts'):
                    _loop_vars = {}
                    pass
                    yield '<tr><th scope="row">'
                    yield escape(l_2_accession)
                    if l_2_mane:
                        pass
                        yield ' <span class="soft">'
                        yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'mane'))
                        yield '</span>'
                    yield '</th><td class="hgvs">'
                    yield escape(l_2_c)
                    yield '</td><td class="hgvs">'
                    yield escape(l_2_p)
                    yield '</td></tr>\n'
                l_2_accession = l_2_c = l_2_p = l_2_mane = missing
                yield '</tbody></table>'
            yield '\n</article>\n'
            t_20 = 0
        l_1_v = missing
        if t_20:
            pass
            yield '<p class="soft">'
            yield escape(environment.getattr((undefined(name='said') if l_0_said is missing else l_0_said), 'no_variants'))
            yield '</p>\n'
        yield '</section>\n'
    if ((undefined(name='sign_off') if l_0_sign_off is missing else l_0_sign_off) or ((undefined(name='letterhead') if l_0_letterhead is missing else l_0_letterhead) and environment.getattr((undefined(name='letterhead') if l_0_letterhead is missing else l_0_letterhead), 'disclaimer'))):
        pass
        yield '<section class="signing" aria-labelledby="sign-off">\n<h2 id="sign-off">'
        yield escape((environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'sign_off') if (undefined(name='sign_off') if l_0_sign_off is missing else l_0_sign_off) else environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'lab_words')))
        yield '</h2>\n'
        if environment.getattr((undefined(name='letterhead') if l_0_letterhead is missing else l_0_letterhead), 'disclaimer'):
            pass
            yield '<p>'
            yield escape(environment.getattr((undefined(name='letterhead') if l_0_letterhead is missing else l_0_letterhead), 'disclaimer'))
            yield '</p>\n'
        if (undefined(name='sign_off') if l_0_sign_off is missing else l_0_sign_off):
            pass
            yield '<p class="soft">'
            yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'unsigned'))
            yield '</p>\n<ul class="sign">'
            for l_1_role in (undefined(name='sign_off') if l_0_sign_off is missing else l_0_sign_off):
                _loop_vars = {}
                pass
                yield '<li><span>'
                yield escape(l_1_role)
                yield '</span><span>'
                yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'sign_date'))
                yield '</span></li>'
            l_1_role = missing
            yield '</ul>\n'
        yield '</section>\n'
    yield '<h2 class="part">'
    yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'laboratory'))
    yield '</h2>\n'
    if (not (undefined(name='failed') if l_0_failed is missing else l_0_failed)):
        pass
        yield '<section aria-labelledby="assessed">\n<h3 id="assessed">'
        yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'assessed'))
        yield '</h3>\n'
        if (undefined(name='genes') if l_0_genes is missing else l_0_genes):
            pass
            yield '<p class="soft">'
            yield escape(environment.getattr((undefined(name='said') if l_0_said is missing else l_0_said), 'assessment_intro'))
            yield '</p>\n'
            for l_1_g in (undefined(name='genes') if l_0_genes is missing else l_0_genes):
                _loop_vars = {}
                pass
                yield '<div class="gene"><strong>'
                yield escape(environment.getattr(l_1_g, 'gene'))
                yield '</strong>\n<ul>'
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
                for l_2_told in environment.getattr(l_1_g, 'partly'):
                    _loop_vars = {}
                    pass
                    yield '<li>'
                    yield escape(l_2_told)
                    yield '</li>'
                l_2_told = missing
                yield '</ul></div>\n'
            l_1_g = missing
        else:
            pass
            yield '<p class="soft">'
            yield escape(environment.getattr((undefined(name='said') if l_0_said is missing else l_0_said), 'no_assessment'))
            yield '</p>\n'
        yield '</section>\n'
    yield '<section aria-labelledby="limits">\n<h3 id="limits">'
    yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'limits'))
    yield '</h3>\n'
    yield escape(context.call((undefined(name='cited') if l_0_cited is missing else l_0_cited), (undefined(name='limits') if l_0_limits is missing else l_0_limits)))
    yield '\n<h3>'
    yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'secondary'))
    yield '</h3>\n<p><span>'
    yield escape(environment.getattr((undefined(name='report') if l_0_report is missing else l_0_report), 'secondary_statement'))
    yield '</span>'
    yield escape(context.call((undefined(name='refs') if l_0_refs is missing else l_0_refs), (undefined(name='secondary') if l_0_secondary is missing else l_0_secondary)))
    yield '</p>\n</section>\n'
    if (undefined(name='compact') if l_0_compact is missing else l_0_compact):
        pass
        yield '<section aria-labelledby="others">\n<h3 id="others">'
        yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'others'))
        yield '</h3>\n<p class="soft">'
        yield escape(environment.getattr((undefined(name='said') if l_0_said is missing else l_0_said), 'compact_intro'))
        yield '</p>\n<table class="stack">\n<thead><tr><th scope="col">'
        yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'gene'))
        yield '</th><th scope="col">'
        yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'name'))
        yield '</th><th scope="col">'
        yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'state'))
        yield '</th><th scope="col" class="n">'
        yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'depth'))
        yield '</th><th scope="col" class="n">'
        yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'balance'))
        yield '</th><th scope="col">'
        yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'class'))
        yield '</th><th scope="col">'
        yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'flags'))
        yield '</th></tr></thead>\n<tbody>\n'
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
            yield '</td><td class="n" data-t="'
            yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'depth'))
            yield '">'
            yield escape(environment.getattr(l_1_v, 'depth'))
            yield '</td><td class="n" data-t="'
            yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'balance'))
            yield '">'
            yield escape(environment.getattr(l_1_v, 'balance'))
            yield '</td><td>'
            yield escape(environment.getattr(l_1_v, 'class'))
            yield '</td><td>'
            yield escape(environment.getattr(l_1_v, 'flags'))
            yield '</td></tr>\n'
        l_1_v = missing
        yield '</tbody></table>\n</section>\n'
    yield '<section aria-labelledby="ledger">\n<h3 id="ledger">'
    yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'ledger'))
    yield '</h3>\n<p class="soft">'
    yield escape(environment.getattr((undefined(name='said') if l_0_said is missing else l_0_said), 'ledger_intro'))
    yield '</p>\n<dl class="sums">'
    for (l_1_name, l_1_count) in (undefined(name='ledger') if l_0_ledger is missing else l_0_ledger):
        _loop_vars = {}
        pass
        yield '<div><dt>'
        yield escape(l_1_name)
        yield '</dt><dd>'
        yield escape(l_1_count)
        yield '</dd></div>'
    l_1_name = l_1_count = missing
    yield '</dl>\n'
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
        yield '<section aria-labelledby="sources">\n<h3 id="sources">'
        yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'sources'))
        yield '</h3>\n<ol class="sources">\n'
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
            if environment.getattr(l_1_s, 'doi'):
                pass
                yield ', <a href="https://doi.org/'
                yield escape(environment.getattr(l_1_s, 'doi'))
                yield '" rel="noreferrer">'
                yield escape(environment.getattr(l_1_s, 'doi_words'))
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
    yield '<section aria-labelledby="provenance">\n<h3 id="provenance">'
    yield escape(environment.getattr((undefined(name='say') if l_0_say is missing else l_0_say), 'provenance'))
    yield '</h3>\n<p class="soft">'
    yield escape(environment.getattr((undefined(name='said') if l_0_said is missing else l_0_said), 'provenance_intro'))
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
    yield escape(environment.getattr((undefined(name='said') if l_0_said is missing else l_0_said), 'banner'))
    yield '</footer>\n</body>\n</html>\n'

blocks = {}
debug_info = '1=67&2=100&3=126&4=149&5=207&6=240&7=276&8=294&9=340&10=356&11=404&12=410&13=443&14=476&15=509&16=532&17=561&18=567&19=620&20=673&21=755&22=809&23=837&24=874&25=918&26=922&27=929&28=953&29=969&31=977&32=988&33=1014&34=1018&36=1024&37=1033&45=1059&46=1063&47=1065&50=1067&52=1069&53=1071&55=1096&56=1102&57=1104&61=1114&62=1119&64=1125&65=1132&66=1134&67=1146&68=1150&69=1163&70=1165&71=1173&72=1178&74=1197&75=1200&77=1202&80=1222&81=1225&82=1227&83=1229&84=1254&85=1264&86=1292&89=1296&90=1298&91=1300&94=1306&95=1308&96=1325&99=1331&100=1333&101=1341&102=1350&103=1358&104=1363&105=1366&106=1374&107=1395&110=1402&111=1405&112=1411&114=1421&115=1423&116=1425&117=1429&118=1431&119=1433&120=1435&123=1444&124=1451&125=1458&126=1470&127=1472&129=1474&130=1477&131=1479&132=1483&133=1491&134=1521&135=1527&136=1533&137=1561&138=1567&141=1581&142=1584&143=1586&144=1588&146=1590&147=1593&148=1595&149=1602&150=1608&151=1621&152=1624&153=1634&155=1673&156=1684&157=1689&159=1691&160=1699&162=1733&163=1740&165=1742&166=1750&169=1779&170=1785&171=1789&172=1795&173=1804&174=1825&176=1837&177=1845&178=1849&179=1851&184=1887&185=1889&186=1892&188=1902&189=1906&190=1908&191=1934&192=1965&193=1969&197=1978&201=1981&202=1984&203=1990&204=2004&205=2014&206=2016&207=2026&208=2033&209=2035&210=2042&211=2044&212=2049&213=2057&215=2059&217=2064&218=2072&220=2119&222=2124&223=2130&226=2153&230=2156&231=2159&232=2161&233=2166&234=2171&236=2183&237=2185&238=2188&239=2190&240=2195&241=2201&242=2224&247=2228&248=2230&249=2232&250=2234&252=2238&253=2241&254=2243&256=2245&258=2259&263=2290&264=2292&265=2294&266=2304&268=2318&269=2321&271=2324&276=2363&277=2365&278=2367&281=2379'
