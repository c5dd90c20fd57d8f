"""Abbreviations by language, sorted by whether a sentence can end with them.

Written lower case without the last period; spaced forms (``z. B.``) without the space.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """What a period after a word of these lists means.

    Attributes:
        inside: never ends a sentence: ``Dr.``, ``z.B.``, ``t.ex.``.
        number: does not end one before a number: ``No. 5``, ``S. 12``; else it is a word.
        final: ends one only before a word that looks like a beginning: ``Inc.``, ``usw.``.
        closing: ends one before any capital letter: ``etc.``, ``f.Kr.``.
        cardinal: a number after it is no ordinal, a letter no initial: ``Seite 3.``, ``Plan B.``
        ordinals: whether ``7.`` is how the language writes "7th".
    """

    inside: frozenset[str] = frozenset()
    number: frozenset[str] = frozenset()
    final: frozenset[str] = frozenset()
    closing: frozenset[str] = frozenset()
    cardinal: frozenset[str] = frozenset()
    ordinals: bool = False


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ANY_INSIDE = """
dr prof st mr mrs ms cf vs ca vgl e.g i.e h.e h.r.h h.m op.cit ed eds vol fig inkl incl approx
"""
_ANY_NUMBER = "no nr nos art fig p pp s vol ch sec par § tab tel kap"
_ANY_CLOSING = "etc"
_ANY_FINAL = "al jr sr co inc ltd corp u.s u.k u.n a.m p.m ph.d ibid ff b.c a.d"

_EN = Abbreviations(
    inside=_words(
        """
        mr mrs ms messrs mx dr drs prof profs rev revd hon fr br st ste mt ft gen adm maj col lt
        cpl sgt capt cmdr brig pvt sen rep reps gov pres supt insp det rt amb atty asst assoc dist
        h.e h.r.h h.m h.h h.h.s h.i.h r.n e.g i.e eg ie viz cf vs v ca c approx circa esp incl
        excl ed eds trans transl resp est dept univ acad prop bros bldg intl natl gov't govt comm
        op.cit loc.cit n.b q.v a.k.a f.k.a w.r.t p.c wm chas geo thos jas jos benj mfg mgr m.p
        m.e.p
        """
    ),
    number=_words(
        """
        no nos nr art arts sec secs ch chap chaps fig figs p pp par para paras vol vols pt pts tab
        eq eqs ex app cl col v vv l ll n nn jan feb mar apr jun jul aug sep sept oct nov dec tel
        ext rm apt ste rev r reg
        """
    ),
    final=_words(
        """
        al jr sr esq inc ltd co corp plc llc bros a.m p.m am pm u.s u.k u.n e.u u.s.a u.s.s.r
        u.a.e d.c l.a n.y ph.d m.d b.a m.a m.sc b.sc d.phil ll.m ll.b ll.d m.b.a d.d.s r.i.p p.s
        a.s.a.p ave blvd rd sq hwy ct ln pl et.al et.seq seq jan feb mar apr jun jul aug sep sept
        oct nov dec mon tue tues thu thur thurs fri ret calif fla tex ariz conn colo mich minn
        tenn wis okla oreg nev
        """
    ),
    closing=_words("etc b.c a.d b.c.e c.e ibid"),
    cardinal=_words(
        """
        appendix annex exhibit schedule table figure plan type group class grade section part
        option vitamin hepatitis item version model chapter
        """
    ),
)
_DE = Abbreviations(
    inside=_words(
        """
        mult abschn dr prof hr hrn fr frl st hl hll dipl ing lic med phil jur rer nat habil iur
        theol oec h.c lt kpt hptm präs vors stellv min.präs reg bez min.-präs dipl.-ing z.b d.h
        i.e i.d.r i.a i.v i.allg i.d.f i.e.s i.s.v i.h.v i.g i.s z.t z.zt z.z z.hd u.u u.a v.a o.g
        s.o s.u s.a m.e m.w m.a.w u.e v.d v.l.n.r a.d a.d.s e.h ehem ehemal bzw vgl ca evtl eventl
        ggf gegebenenf insb insbes bspw sog sogen inkl einschl exkl zzgl abzgl zuzügl mind ungef
        bes allg amtl entspr eigtl urspr vermutl angebl jew jeweil geb gest gegr verh verw verst
        hrsg hg hgg verf bearb übers aufl ausg bd bde abb tab anm ziff nrn lfd tel fa gebr inst
        univ kath ev evang europ internat dt engl frz franz ital span griech lat russ schwed
        österr röm bayr preuß amerik techn wiss gesch hist jährl monatl wöchentl tägl staatl städt
        wg zit bsp z p.a sr.exz s.e v.i.s.d.p d i o u v k.u.k k.k
        """
    ),
    number=_words(
        """
        max min ungef abschn rd gem art s kap bd nr abs fig taf par st sp rn rz rdnr randnr bl
        zeile z anh anl ps mt jan jän feb febr mär apr jun jul aug sep sept okt nov dez
        """
    ),
    final=_words(
        """
        abt gen min rd gem usw usf etc u.s.w u.ä o.ä u.dgl dgl u.v.m u.v.a.m u.a.m u.v.a u.a.o ff
        f jr sen jun co inc ltd corp str straße pl jh jhd jhdt jahrh mio mrd tsd std sek stk v.chr
        n.chr chr v.u.z n.u.z a.d a.m d.j d.m d.ä j.l v.j v.m u.s u.k u.s.a u.n e.v m.b.h i.r i.l
        p.s a.a.o ebd ebda al et.al vorm nachm n.br s.br ö.l w.l a.d.o jan jän feb febr mär apr
        aug sep sept okt nov dez
        """
    ),
    cardinal=_words(
        """
        plan typ gruppe option vitamin hepatitis seite kapitel artikel absatz nummer band
        abbildung tabelle teil zimmer punkt ziffer paragraf paragraph jahr anlage anhang figur
        version heft § raum gleis linie stufe phase klasse
        """
    ),
    ordinals=True,
)
_SV = Abbreviations(
    inside=_words(
        """
        t.ex bl.a d.v.s dvs s.k f.d f.ö f.n p.g.a pga fr.o.m t.o.m m.a.o i.st.f i.s.f st.f s.a.s
        n.b d:r dr prof doc tekn jur teol ekon kand mag lic hr fr frk kapt löjtn ev evtl ca c:a
        cirka omkr exkl exl inkl resp jfr jmf jämf enl kungl kgl ordf vice sekr tf t.f adj dir red
        förf övers utg uppl bearb anm avd inst univ särsk spec förk äv vanl vard urspr eg egentl
        motsv mots nuv dåv föreg forts f.v.b g.m v.g å.s ä.k h.e h.m h.k.h sankt bl o å tel tfn
        mobil postadr p.b v.b.f
        """
    ),
    number=_words(
        """
        ung min max nr s sid sidan kap art fig tab bd vol del avsn st p mom § kl r jan feb febr
        mar apr jun jul aug sep sept okt nov dec prop skr dnr bet dir
        """
    ),
    final=_words(
        """
        e.m f.m fm em jr sr d.y d.ä co inc ltd u.s u.k u.s.a u.å u.o d.å s.å s.m d.o ibid al ff
        milj tim sek st ggr ex t.h t.v a.a p.s v v.v jan feb febr mar apr aug sep sept okt nov dec
        """
    ),
    closing=_words(
        """
        m.m mm m.fl mfl o.s.v osv etc o.d o.dyl e.d e.dyl el.dyl dyl f.kr e.kr kr f.v.t e.v.t mdr
        mkr tkr
        """
    ),
    cardinal=_words(
        "bilaga plan typ grupp klass del alternativ vitamin avsnitt figur tabell version kapitel"
    ),
)
_NORDIC = Abbreviations(
    inside=_words(
        """
        bl.a f.eks fx dvs d.v.s pga p.g.a ca kl nr dr prof hr fr frk inkl ekskl ev evt jf jfr hhv
        iflg mht mhp vedr adm dir tlf sml tidl såk f.d o.a m.a vha
        """
    ),
    number=_words(
        "nr s kap art fig tab bd st pkt jan feb mar apr jun jul aug sep sept okt nov des"
    ),
    final=_words(
        """
        mio mia mill mrd a/s jr sr co inc ltd f.m e.m u.s u.s.a
        """
    ),
    ordinals=True,
    closing=_words("osv o.s.v m.m mm m.v mv m.fl mfl o.l etc f.kr e.kr kr pct"),
)
_NL = Abbreviations(
    inside=_words(
        """
        bijv bv d.w.z dwz nl m.b.t i.p.v o.a m.n t.a.v t.n.v t.b.v i.v.m n.a.v a.d.h.v dhr mevr mw
        drs ir ing mr dr prof st resp ca incl excl evt vgl z.g z.s.m afb red
        """
    ),
    number=_words("nr blz p art hfst fig jan feb mrt apr jun jul aug sep sept okt nov dec"),
    final=_words("jl jr sr co u.s a.d al mln mld"),
    closing=_words("enz etc e.d e.v e.a v.chr n.chr"),
)
_FR = Abbreviations(
    inside=_words(
        """
        m mm mme mmes mlle mlles dr pr prof me mgr st ste sts cf p.ex ex c.-à-d c.à.d env av apr
        s.a.r s.e s.m hab resp vs éd dir trad coll
        """
    ),
    number=_words("p pp art chap fig vol t n no nos al par janv févr avr juil sept oct nov déc"),
    final=_words("jr s.a s.a.r.l co al ibid éd cie"),
    closing=_words("etc j.-c j.c"),
)
_ANY = Abbreviations(
    _words(_ANY_INSIDE), _words(_ANY_NUMBER), _words(_ANY_FINAL), _words(_ANY_CLOSING)
)

ABBREVIATIONS = {
    "en": _EN,
    "de": _DE,
    "sv": _SV,
    "da": _NORDIC,
    "nb": _NORDIC,
    "nn": _NORDIC,
    "no": _NORDIC,
    "nl": _NL,
    "fr": _FR,
}
_ORDINAL_LANGUAGES = _words("cs et fi gsw hr hu is lb lt lv sk sl sr")


def abbreviations(language: str) -> Abbreviations:
    """Return the lists of *language*, or what most languages share."""
    known = ABBREVIATIONS.get(language)
    if known is not None:
        return known
    if language in _ORDINAL_LANGUAGES:
        return replace(_ANY, ordinals=True)
    return _ANY
