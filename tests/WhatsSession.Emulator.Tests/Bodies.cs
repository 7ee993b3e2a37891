namespace WhatsSession.Emulator.Tests;

/// <summary>Contents of requests, without the envelope.</summary>
internal static class Bodies
{
    public const string HelloWorld = """ "type":"template","template":{"name":"hello_world","language":{"code":"en_US"}} """;

    public const string Buttons = """
        "type":"interactive","interactive":{"type":"button","body":{"text":"When?"},"action":{"buttons":[
        {"type":"reply","reply":{"id":"slot-am","title":"Morning"}},{"type":"reply","reply":{"id":"slot-pm","title":"Afternoon"}}]}}
        """;

    public const string List = """
        "type":"interactive","interactive":{"type":"list","body":{"text":"Where?"},"action":{"button":"Stores","sections":[{"rows":[
        {"id":"store-7","title":"Harbour store","description":"Open till 20:00"},{"id":"store-8","title":"Hill store"}]}]}}
        """;

    public const string CardTemplate = $$"""[{"type":"BODY","text":"Our soaps."},{"type":"CAROUSEL","cards":[{{CardShape}},{{CardShape}}]}]""";

    public const string CardsOfTemplate = """
        "type":"template","template":{"name":"soaps","language":{"code":"en_US"},"components":[{"type":"carousel","cards":[
        {"card_index":0,"components":[{"type":"header","parameters":[{"type":"image","image":{"link":"https://example.test/a.png"}}]},{"type":"body","parameters":[{"type":"text","text":"Rose"},{"type":"text","text":"3"}]},
        {"type":"button","sub_type":"quick_reply","index":"0","parameters":[{"type":"payload","payload":"rose"}]}]},
        {"card_index":1,"components":[{"type":"header","parameters":[{"type":"image","image":{"link":"https://example.test/a.png"}}]},{"type":"body","parameters":[{"type":"text","text":"Pine"},{"type":"text","text":"4"}]},
        {"type":"button","sub_type":"quick_reply","index":"0","parameters":[{"type":"payload","payload":"pine"}]}]}]}]}
        """;

    public const string Cards = """
        "type":"interactive","interactive":{"type":"carousel","body":{"text":"Or these"},"action":{"cards":[
        {"card_index":0,"header":{"type":"image","image":{"link":"https://example.test/a.png"}},"body":{"text":"Lemon"},"action":{"buttons":[{"type":"quick_reply","quick_reply":{"id":"lemon","title":"Take lemon"}}]}},
        {"card_index":1,"header":{"type":"image","image":{"link":"https://example.test/a.png"}},"body":{"text":"Mint"},"action":{"buttons":[{"type":"quick_reply","quick_reply":{"id":"mint","title":"Take mint"}}]}}]}}
        """;

    private const string CardShape = """
        {"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Soap {{1}} for {{2}} euros"},
        {"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Take"},{"type":"URL","text":"Shop","url":"https://example.test"}]}]}
        """;

    public static string Template(string name, params string[] parameters)
    {
        var list = string.Join(',', parameters.Select(p => $$"""{"type":"text","text":"{{p}}"}"""));
        return $$""" "type":"template","template":{"name":"{{name}}","language":{"code":"en_US"},"components":[{"type":"body","parameters":[{{list}}] }] } """;
    }

    public static string ButtonTitles(params string[] titles)
    {
        var list = string.Join(',', titles.Select((t, i) => $$"""{"type":"reply","reply":{"id":"b{{i}}","title":"{{t}}"} }"""));
        return $$""" "type":"interactive","interactive":{"type":"button","body":{"text":"?"},"action":{"buttons":[{{list}}] } } """;
    }

    public static string ListRows(int sections, int rowsEach)
    {
        var list = string.Join(',', Enumerable.Range(0, sections).Select(s => $$"""{"title":"S{{s}}","rows":[{{Rows(s)}}] }"""));
        return $$""" "type":"interactive","interactive":{"type":"list","body":{"text":"?"},"action":{"button":"Pick","sections":[{{list}}] } } """;

        string Rows(int s) => string.Join(',', Enumerable.Range(0, rowsEach).Select(r => $$"""{"id":"r{{s}}-{{r}}","title":"Row"}"""));
    }
}
