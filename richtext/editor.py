"""The editor, configured here and nowhere else: which plugins, which buttons, which content, which files.

CKEditor 4 is unmaintained and is never the security boundary: docs/decisions/0003-the-editor.md says
what that means for every line below. To replace it, replace this module, widgets.py and body.js.
"""

from typing import Any

from richtext import allowed

BASE = "ckeditor/ckeditor/"
SCRIPT = f"{BASE}ckeditor.js"
LANGUAGES = ("en", "es")

# Everything else that is built into ckeditor.js stays asleep. What these require is added by CKEditor.
PLUGINS = [
    "a11yhelp",
    "basicstyles",
    "blockquote",
    "clipboard",
    "contextmenu",
    "divarea",
    "enterkey",
    "find",
    "format",
    "horizontalrule",
    "htmlwriter",
    "indentlist",
    "link",
    "list",
    "pastefromlibreoffice",
    "pastefromword",
    "pastetext",
    "removeformat",
    "showborders",
    "specialchar",
    "tab",
    "table",
    "tableselection",
    "tabletools",
    "toolbar",
    "undo",
    "widget",
    # Our own, defined by static/richtext/: blocks.js, boxes.js, arrivals.js.
    "newsroom-blocks",
    "newsroom-boxes",
    "newsroom-arrivals",
]

TOOLBAR = [
    {"name": "shape", "items": ["Format"]},
    {"name": "words", "items": ["Bold", "Italic", "Link", "Unlink"]},
    {"name": "blocks", "items": ["BulletedList", "NumberedList", "Outdent", "Indent", "Blockquote"]},
    {"name": "insert", "items": ["Table", "HorizontalRule", "SpecialChar"]},
    {
        "name": "newsroom",
        "items": [
            "NewsroomPicture",
            "NewsroomGallery",
            "NewsroomPullquote",
            "NewsroomBox",
            "NewsroomNote",
            "NewsroomEmbed",
            "NewsroomChart",
            "NewsroomStory",
            "NewsroomDocument",
        ],
    },
    {"name": "history", "items": ["Undo", "Redo", "RemoveFormat", "Find"]},
]

# The files a browser may fetch: nothing of the preview, the samples, the spell checker or the uploads.
FILES = (
    f"{BASE}ckeditor.js",
    *(f"{BASE}lang/{language}.js" for language in LANGUAGES),
    f"{BASE}plugins/icons.png",
    f"{BASE}plugins/icons_hidpi.png",
    f"{BASE}plugins/a11yhelp/dialogs/a11yhelp.js",
    *(f"{BASE}plugins/a11yhelp/dialogs/lang/{language}.js" for language in LANGUAGES),
    f"{BASE}plugins/ajax/plugin.js",
    f"{BASE}plugins/clipboard/dialogs/paste.js",
    f"{BASE}plugins/dialog/styles/dialog.css",
    f"{BASE}plugins/divarea/plugin.js",
    f"{BASE}plugins/find/dialogs/find.js",
    f"{BASE}plugins/link/dialogs/link.js",
    f"{BASE}plugins/link/images/anchor.png",
    f"{BASE}plugins/link/images/hidpi/anchor.png",
    f"{BASE}plugins/pastefromlibreoffice/filter/default.js",
    f"{BASE}plugins/pastefromword/filter/default.js",
    f"{BASE}plugins/pastetools/filter/common.js",
    f"{BASE}plugins/pastetools/filter/image.js",
    f"{BASE}plugins/specialchar/dialogs/specialchar.js",
    *(f"{BASE}plugins/specialchar/dialogs/lang/{language}.js" for language in LANGUAGES),
    f"{BASE}plugins/table/dialogs/table.js",
    f"{BASE}plugins/tableselection/styles/tableselection.css",
    f"{BASE}plugins/tabletools/dialogs/tableCell.js",
    f"{BASE}plugins/widget/images/handle.png",
    f"{BASE}plugins/xml/plugin.js",
    f"{BASE}skins/moono-lisa/dialog.css",
    f"{BASE}skins/moono-lisa/editor.css",
    f"{BASE}skins/moono-lisa/editor_gecko.css",
    f"{BASE}skins/moono-lisa/*.png",
    f"{BASE}skins/moono-lisa/images/*.gif",
)


def _allowed_content() -> str:
    """The sanitiser's own table in CKEditor's words, so that what an editor sees is what is kept."""
    rules = []
    for name in sorted(allowed.TAGS):
        attributes = ["!href" if name == "a" and one == "href" else one for one in allowed.CHECKS.get(name, {})]
        rules.append(f"{name}[{','.join(attributes)}]" if attributes else name)
    on_its_way = "figure[data-upload]"  # the place of a picture that is being uploaded; never leaves the editor
    return "; ".join([*rules, on_its_way, f"*[{','.join(allowed.EVERYWHERE)}]"])


CONFIG: dict[str, Any] = {
    "plugins": ",".join(PLUGINS),
    "toolbar": TOOLBAR,
    "toolbarCanCollapse": False,
    "skin": "moono-lisa",
    "allowedContent": _allowed_content(),
    "disallowedContent": "*[on*]; *{*}; *(*)",
    "format_tags": "p;h2;h3;h4",
    "fullPage": False,
    "versionCheck": False,
    "customConfig": "",
    "stylesSet": False,
    "contentsCss": [],
    "entities": False,
    "basicEntities": True,
    "fillEmptyBlocks": False,
    "disableNativeSpellChecker": False,
    "browserContextMenuOnCtrl": True,
    "pasteFilter": None,
    "pasteFromWord_inlineImages": False,
    "pasteTools_removeFontStyles": True,
    "clipboard_handleImages": False,
    "forcePasteAsPlainText": False,
    "linkShowAdvancedTab": False,
    "linkShowTargetTab": False,
    "linkDefaultProtocol": "https://",
    "linkJavaScriptLinksAllowed": False,
    "removeDialogTabs": "link:upload;link:advanced;link:target;table:advanced",
    "tabSpaces": 0,
    "height": "auto",
    "width": "100%",
    "startupFocus": False,
}
