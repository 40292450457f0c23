"""What a customer recognises in an agent's line: what is asked for, an offer, a question what they mean.

English, Spanish, French, German and Polish, so that an agent is judged by what it asks and not by how it words it.
"""

import re

_TERMS = {
    "policy": r"policy(?:'s)? (?:number|no\b|reference)|number of (?:the|your|which) (?:\w+ )?policy|(?:seven|7)[- ]digit|p[óo]liza|num[ée]ro de (?:votre )?(?:police|contrat)|polic?en?-?nummer|versicherungs(?:schein)?-?nummer|vertragsnummer|numer(?:u|em)? polisy",
    "claim": r"number of (?:the|your) claim|claim (?:number|reference|no\b)|\bCL\b|n[úu]mero de (?:siniestro|reclamaci[óo]n)|num[ée]ro de sinistre|schaden-?nummer|numer szkody",
    "case": r"number of (?:the|your) case|case (?:number|reference)|(?:four|4)[- ]digit|n[úu]mero de caso|num[ée]ro de dossier|fall-?nummer|vorgangsnummer|numer sprawy",
    "application": r"application (?:number|reference|no\b)|quote (?:number|reference)",
    "born": r"date of birth|\bborn\b|birth ?da(?:y|te)|\bDOB\b|fecha de nacimiento|date de naissance|geburtsdatum|geboren|dat[ęay] urodzenia",
    "postcode": r"post ?code|postal code|c[óo]digo postal|code postal|postleitzahl|\bPLZ\b|kod(?:u)? pocztow",
    "address": r"first line of|(?<!mail )(?<!new )(?<!e-)\baddress\b|direcci[óo]n|(?<!\w)adresse(?! (?:e-?mail|mail|[ée]lec))",
    "email": r"e-?mail address|(?:your|which|what|an) e-?mail\b(?! (?:it|you|that|we))|e-?mail(?:,| or| and) (?:a |your |the )?(?:phone|mobile|telephone|postcode|date|policy)|(?:phone|mobile|telephone|postcode|birth|policy)[^.?]{0,25}(?:,| or| and) (?:an? |your |the )?e-?mail|correo electr|courriel",
    "phone": r"(?:phone|mobile|telephone|contact|call-?back|best) number|number (?:to|should|shall|can|for|would|do you want)\b|(?:which|what) number|tel[ée]fono|t[ée]l[ée]phone|telefon-?nummer|numer telefonu",
    "name": r"(?:your|full|first|last) name|who (?:am I|is this|is calling)|who's (?:calling|this)|your name|su nombre|votre nom|ihr(?:en)? name|\bimi[ęe]",
    "when": r"what time|time (?:that |which |would )?suits?|(?:best|good|convenient|preferred) time|when (?:should|shall|would|can|could|may) (?:we|I|someone|they|a colleague|you like)|when (?:is|suits|works)|a time\b|what day (?:would|should|suits|can|shall)|a qu[ée] hora|cu[áa]ndo (?:le|podemos)|quelle heure|quand (?:pouvons|souhait)|wann (?:sollen|d[üu]rfen|k[öo]nnen|passt)|o kt[óo]rej",
}
TERMS = {name: re.compile(pattern, re.I) for name, pattern in _TERMS.items()}
ASKS = re.compile(
    r"\bwhat(?:'s| is| are| was)?\b|\bwhich\b|\bwhen\b|tell me|give me|(?:please |to |you )(?:confirm|share|enter|type|provide)|(?:confirm|share|enter|type|provide) (?:me |us )?(?:your|the|a)\b|let me (?:know|have)|\bI(?:'ll| will| also| just| still|'d)?(?: also| just| still| first)? need|\bwe(?:'ll| will)? need|could (?:you|I)|can (?:you|I)|ma?y I|might I|\bhave (?:you )?(?:got )?your|do you (?:have|know)|send me|\bsay\b|read (?:me|out)|start with|who\b|please give|ask you for|two details|por favor|necesit|d[íi]game|dime|indique|puede|facil|s'il|veuillez|donne[zr]|besoin|pouvez|indique[rz]|bitte|brauche|ben[öo]tig|nennen|geben|prosz|podaj|poda[ćc]|potrzebuj",
    re.I,
)
NOT_ASK = re.compile(r"\b(?:don't|do not|never|no need|needn't|not need|without|won't)\b", re.I)
OFFER = re.compile(
    r"would you like|shall I|do you want|want me|should I|can I|may I|could I|I can\b|would you rather|prefer|is (?:it|that) (?:ok|okay|all right)|happy for me|quiere|desea|le gustar|voulez|souhaitez|puis-je|m[öo]chten|soll ich|darf ich|chce|chcia[łl]|czy mam|mog[ęe]",
    re.I,
)
CALL = re.compile(
    r"call(?:ed)? (?:you )?back|callback|call-back|ring you|(?:give|have) (?:you )?a call|call you|be called|phone you|devuelv|llame|rappel|zur[üu]ckruf|anruf|oddzwoni",
    re.I,
)
PERSON = re.compile(
    r"\bperson\b|colleague|someone|somebody|human|advis[eo]r|specialist|handler|operator|agent\b|\bteam\b|pass (?:you|this|it|your)|put you through|connect you|hand (?:you|this|it)|transfer|speak to|persona|compañer|agente|personne|coll[èe]gue|conseill|menschen|kolleg|mitarbeit|osob|konsultant|pracownik",
    re.I,
)
RIGHT = re.compile(
    r"(?:is|are|have|did|does|do|was) (?:that|this|it|these|I|you|everything|all)\b[^?]{0,60}\b(?:(?<!all )right|correct|okay|ok|confirm|happy|agree)|(?<!all )\b(?:right|correct)\?|shall I (?:go ahead|send|do|book|record|note|add|save|submit)|go ahead\?|happy (?:for|with|to)|es correcto|c'est (?:bien |exact|correct)|(?:richtig|korrekt|stimmt das)\?|zgadza|is that you\?",
    re.I,
)
MEAN = re.compile(
    r"do you mean|did you mean|which (?:of|one)|is (?:it|this|that) about|are you (?:asking|looking|calling|trying|getting)|(?:say|explain|describe|rephrase|put)[^?.]{0,40}(?:another way|other words|differently|again|more)|in other words|tell me (?:a (?:bit|little) )?more|not sure (?:I|what|which)|(?:didn't|don't|did not) (?:quite )?(?:understand|catch|follow|get)|or something else|would you like to\b|(?:which|what)[^?.]{0,50}(?:do you need|would you like|are you after|you'd like)|(?:please|can you|could you) (?:tell me|describe|explain)|tell me (?:in a|what|briefly)|what (?:exactly )?(?:would you like|do you need|is it)|what (?:is|was) (?:your|the) (?:question|reason)|quiere decir|se refiere|vous voulez dire|meinen sie|czy chodzi|nie rozumiem",
    re.I,
)
CLEAR = re.compile(
    r"\b(?:is|was) (?:it|this|that) about|(?:do|did) you mean|would you like (?:to|me to|help)\b|are you (?:asking|calling|looking|trying)",
    re.I,
)
GREET = re.compile(r"(?:what|how) (?:else )?(?:can|may) I (?:do|help)", re.I)
DONE = re.compile(
    r"I(?:'ve| have)(?: now)? (?:opened|booked|passed|logged|recorded|sent|handed|put)|\bDone\b|(?:a colleague|someone|one of (?:our|the) \w+) will (?:now )?(?:call|ring|write to|be in touch|contact|look)|(?:case|claim) (?:number )?(?:CL)?\d{4,5} (?:is|has been|was) opened",
    re.I,
)
MORE = re.compile(
    r"anything else|something else I can|else (?:I can|you)|algo m[áa]s|autre chose|sonst noch|co[śs] jeszcze", re.I
)

CLARIFIES = re.compile(r"^(?:I want to be sure|Just to check: |Do you mean|Is it about)", re.I)
"""A clarifying question of the agent's."""
REFUSES = re.compile(r"not something I can help with|I don't have (?:an )?approved|I can't find (?:an )?approved", re.I)
"""A refusal."""

ORDER = ("policy", "claim", "case", "application", "born", "postcode", "address", "email", "phone", "name", "when")
"""In which a customer gives several facts asked for together."""

LACKING = {
    "policy": "policy number",
    "claim": "claim number",
    "case": "case number",
    "application": "application number",
}
"""How they name what they don't have."""
