using System.Globalization;
using System.Text;

namespace WhatsSession.Core.Tests.Messages;

/// <summary>Every limited text of every kind of message (platform.md §3.2, §3.3, §3.5), at its limit and one above.</summary>
public sealed class LimitTests
{
    private const string Family = "\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466";
    private const string CombiningMark = "e\u0301";
    private const string SurrogatePair = "\U0001F600";

    private static readonly MediaSource Source = MediaSource.FromId("1234");

    private static readonly Dictionary<string, (int Limit, string Path, bool Required, Func<string?, Message> Make)> Fields = new(StringComparer.Ordinal)
    {
        ["text"] = (4096, "text.body", true, text => new TextMessage(text!)),
        ["image caption"] = (1024, "image.caption", false, text => new ImageMessage(Source) { Caption = text }),
        ["video caption"] = (1024, "video.caption", false, text => new VideoMessage(Source) { Caption = text }),
        ["document caption"] = (1024, "document.caption", false, text => new DocumentMessage(Source) { Caption = text }),
        ["document file name"] = (240, "document.filename", false, text => new DocumentMessage(Source) { FileName = text }),
        ["buttons body"] = (1024, "interactive.body.text", true, text => new ReplyButtonsMessage(text!, Button(0))),
        ["buttons footer"] = (60, "interactive.footer.text", false, text => new ReplyButtonsMessage("Choose", Button(0)) { Footer = text }),
        ["buttons header"] = (60, "interactive.header.text", true, text => new ReplyButtonsMessage("Choose", Button(0)) { Header = new MessageHeader.Text(text!) }),
        ["buttons header file name"] = (240, "interactive.header.document.filename", false, text =>
            new ReplyButtonsMessage("Choose", Button(0)) { Header = new MessageHeader.Document(Source) { FileName = text } }),
        ["button id"] = (256, "interactive.action.buttons[1].reply.id", true, text => new ReplyButtonsMessage("Choose", Button(0), new ReplyButton(text!, "No"))),
        ["button title"] = (20, "interactive.action.buttons[1].reply.title", true, text => new ReplyButtonsMessage("Choose", Button(0), new ReplyButton("no", text!))),
        ["list body"] = (4096, "interactive.body.text", true, text => new ListMessage(text!, "Open", Section())),
        ["list footer"] = (60, "interactive.footer.text", false, text => new ListMessage("Choose", "Open", Section()) { Footer = text }),
        ["list header"] = (60, "interactive.header.text", false, text => new ListMessage("Choose", "Open", Section()) { Header = text }),
        ["list button"] = (20, "interactive.action.button", true, text => new ListMessage("Choose", text!, Section())),
        ["only section title"] = (24, "interactive.action.sections[0].title", false, text => new ListMessage("Choose", "Open", Section() with { Title = text })),
        ["second section title"] = (24, "interactive.action.sections[1].title", true, text =>
            new ListMessage("Choose", "Open", Section(), new ListSection(text, new ListRow("other", "Other")))),
        ["row id"] = (200, "interactive.action.sections[0].rows[1].id", true, text => new ListMessage("Choose", "Open", Section(new ListRow(text!, "Other")))),
        ["row title"] = (24, "interactive.action.sections[0].rows[1].title", true, text => new ListMessage("Choose", "Open", Section(new ListRow("other", text!)))),
        ["row description"] = (72, "interactive.action.sections[0].rows[1].description", false, text =>
            new ListMessage("Choose", "Open", Section(new ListRow("other", "Other", text)))),
    };

    public static TheoryData<string, string> FieldsAndUnits
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var name in Fields.Keys)
            {
                data.Add(name, "a");
                data.Add(name, Family);
                data.Add(name, CombiningMark);
                data.Add(name, SurrogatePair);
            }

            return data;
        }
    }

    public static TheoryData<string> RequiredFields => new(Fields.Where(row => row.Value.Required).Select(row => row.Key));

    public static TheoryData<string> OptionalFields => new(Fields.Where(row => !row.Value.Required).Select(row => row.Key));

    public static TheoryData<string> AllFields => new(Fields.Keys);

    [Theory]
    [MemberData(nameof(FieldsAndUnits))]
    public void Check_TextAtItsLimit_IsAllowed(string field, string unit)
    {
        var (limit, _, _, make) = Fields[field];

        make(OfLength(limit, unit)).Check().Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(FieldsAndUnits))]
    public void Check_TextOneAboveItsLimit_IsTheOneViolation(string field, string unit)
    {
        var (limit, path, _, make) = Fields[field];

        var violations = make(OfLength(limit + 1, unit)).Check();

        violations.Should().Equal(new Violation(path, $"is {limit + 1} characters long; the limit is {limit}") { Limit = limit, Actual = limit + 1 });
    }

    [Theory]
    [InlineData(0xD83D)]
    [InlineData(0xDE00)]
    public void Check_LoneSurrogates_CountOneEach(int surrogate)
    {
        var violation = new TextMessage(new string((char)surrogate, 4097)).Check().Should().ContainSingle().Subject;

        violation.Actual.Should().Be(4097);
    }

    [Theory]
    [MemberData(nameof(RequiredFields))]
    public void Check_RequiredTextMissing_IsTheOneViolation(string field) => CheckMissing(field, null);

    [Theory]
    [MemberData(nameof(AllFields))]
    public void Check_TextEmpty_IsTheOneViolation(string field) => CheckMissing(field, "");

    [Theory]
    [MemberData(nameof(AllFields))]
    public void Check_TextOfSpaces_IsTheOneViolation(string field) => CheckMissing(field, " \t\n\u00a0\u3000");

    [Theory]
    [MemberData(nameof(OptionalFields))]
    public void Check_OptionalTextMissing_IsAllowed(string field) => Fields[field].Make(null).Check().Should().BeEmpty();

    /// <summary>A limited property that is added without a row in the table fails here.</summary>
    [Fact]
    public void Table_OfLimits_NamesEveryTextOfEveryMessage() =>
        typeof(SessionMessage).Assembly.GetExportedTypes()
            .Where(type => typeof(SessionMessage).IsAssignableFrom(type) && !type.IsAbstract && type != typeof(ReactionMessage)) // Its emoji has no length.
            .SelectMany(type => type.GetProperties())
            .Count(property => property.PropertyType == typeof(string) && property.SetMethod is not null)
            .Should().Be(Fields.Keys.Count(field => field is not ("buttons header" or "buttons header file name" or "button id" or "button title")
                && !field.Contains("section", StringComparison.Ordinal) && !field.Contains("row", StringComparison.Ordinal)));

    [Fact]
    public void Units_OfTheTests_AreWhatTheyClaim() =>
        new[] { Family, CombiningMark, SurrogatePair }.Select(unit => (unit.EnumerateRunes().Count(), unit.Length, new StringInfo(unit).LengthInTextElements))
            .Should().Equal((7, 11, 1), (2, 2, 1), (1, 2, 1));

    private static void CheckMissing(string field, string? text)
    {
        var (_, path, _, make) = Fields[field];

        make(text).Check().Should().Equal(new Violation(path, "is empty; a text is required") { Limit = 1, Actual = 0 });
    }

    /// <summary>A text of that many code points: whole units, and letters for the rest.</summary>
    private static string OfLength(int codePoints, string unit)
    {
        var (units, rest) = Math.DivRem(codePoints, unit.EnumerateRunes().Count());
        return new StringBuilder().Insert(0, unit, units).Append('z', rest).ToString();
    }

    private static ReplyButton Button(int number) => new($"id{number}", $"Title {number}");

    private static ListSection Section(params ListRow[] more) => new("Section", [new ListRow("first", "First"), .. more]);
}
