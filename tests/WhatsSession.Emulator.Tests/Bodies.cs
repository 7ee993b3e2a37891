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
