"""Names that people in Sweden bear, for telling a person's name from other words.

Given names and surnames are among the most common in Statistics Sweden's name statistics
(Statistikmyndigheten SCB, Namnstatistik, scb.se), with those common in the large cities' suburbs.
A name that is missing here is not found: the list is a guard against haste, not a register.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


GIVEN_NAMES = _words(
    """
    adam adrian agnes agneta ahmad ahmed aisha albin alex alexander alexandra alfred ali alice
    alicia alma alva amal amanda amina amir amira anders andrea andreas anette angelica anita
    anja ann anna annika anneli annette anton arne arvid astrid august axel aya barbro bengt
    bertil birgit birgitta björn britt burak börje camilla carin carina carl caroline catarina
    catharina cecilia charlie charlotte christer christian christina claes clara conny dag dan
    daniel daniella david dennis dilan diyar ebba edvin elias elin elina elisabeth ella ellen
    elsa elvira emelie emil emilia emma emmy erica erik erika eva evelina evin fadi farah
    fatima fatuma felicia felix filip fredrik frida gabriel gabriella gerd gunilla gunnar
    gustaf gustav göran görel hamza hanna hannah hans harald hassan hedvig helen helena henrik
    hugo hussein ibrahim ida ing-marie inga ingegerd ingela inger ingrid irene isabella
    isabelle isak ismail jacob jakob jan janne jasmine jennie jennifer jenny jens jesper
    jessica jimmy joakim joel johan johanna john johnny jonas jonathan jonna jörgen josef
    josefin josefine julia julian kalle karin karl karolina kasper katarina kent kenneth
    kerstin kevin khadija khaled kim kjell klara klas kristina kristoffer kristian kurt lars
    lasse leif lena lennart leo leyla liam lina linda linn linnea lisa lisbeth lovisa louise
    lucas ludvig lukas madeleine magnus maja malik malin manuel marcus margareta margit maria
    mariam marianne marie markus martin martina mathias mats mattias maximilian melvin michael
    mikael milad miriam mohamad mohamed mohammad mohammed mona monica morgan moa mourad
    muhammed mustafa måns märta mårten nadia natalie niclas nicole niklas nils noah noel nora
    nour olivia olle olof olov omar oscar oskar osman patrik patricia paul peder per pernilla
    peter petra pia pontus rania rasmus rebecka rickard robert robin roger roland rolf ronja
    rune saga said sabina samir samira samuel sandra sanna sara sebastian selma sigrid simon
    siv sofia sofie solveig sonja staffan stefan stella stina sture sune susanna susanne sven
    svante sören tariq therese thomas tilda tim tina tobias tomas tommy tony tore torsten tove
    tuva ulf ulla ulrica ulrika urban ursula vanja viktor viktoria vilma vincent wilma william
    yasin yasmin yngve youssef yusuf yvonne zahra zainab åke åsa örjan östen
    """
)
"""In lower case."""

SURNAMES = _words(
    """
    abdi abdullah abdulle abdullahi adan ahlberg ahlström ahmad ahmed ahmadi ali alm amin
    andersson andersen aronsson arvidsson asadi axelsson aydin backlund backman berg berggren
    berglund bergman bergqvist bergström björk björklund björkman blom blomqvist boström
    bäckström carlsson celik chen claesson dahl dahlberg dahlgren dahlström danielsson demir
    edlund eklund ekström eliasson engström ericsson eriksson falk farah fransson fredriksson
    friberg forsberg forslund franzén garcia gustafsson gustavsson haddad hamid hansen hansson
    hassan hedberg hedlund hedström hellström henriksson hermansson holm holmberg holmgren
    holmqvist holmström hosseini hussein håkansson ibrahim isaksson issa ivarsson jakobsson
    jama jansson johansen johansson johnsson jonasson jonsson josefsson jönsson karimi
    karlsson kaya khalil khan kovacevic larsson lind lindberg lindblad lindblom lindgren
    lindholm lindqvist lindström ljung ljungberg lund lundberg lundgren lundin lundqvist
    lundström löfgren magnusson mahmoud malm mattsson mohamed mohammadi mohammed mohamud molin
    moradi muhammed månsson mårtensson möller nguyen nilsson norberg nordin nordström norén
    nyberg nygren nyman nyström olofsson olsson omar osman palm persson petersson pettersson
    rahimi rezaei rosén roth said saleh samuelsson sandberg sandström shah sharif sjöberg
    sjögren sjölander sjöström skoglund söderberg söderlund söderström ström strand strandberg
    strömberg sundberg sundin sundqvist sundström svensson svedberg svärd wahlström wallin
    wang warsame wikström viklund wiklund åberg åkesson åkerlund åström yildiz yilmaz yusuf
    öberg östlund özdemir
    """
)
"""In lower case."""

PLACE_WORDS = _words(
    """
    gata gatan gränd gränden väg vägen stig stigen backe backen torg torget plats platsen plan
    park parken bro bron skola skolan gymnasium gymnasiet kyrka kyrkan led leden allé allén
    hus huset gård gården hall hallen stiftelse stiftelsen bibliotek biblioteket minne museum
    kaj kajen trappor
    """
)
"""What follows a name in the genitive that a place bears."""

SURNAME_ENDINGS = tuple(
    _words("""
    sson qvist kvist ström gren lund dahl stedt crantz hielm sköld blad holm mark nder zadeh oglu
    ović ovic ski sén lén dén
    """)
)
"""How surnames end that are not in the list; only counted when they stand with a capital."""
