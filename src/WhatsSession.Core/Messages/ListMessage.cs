using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>
/// A text with a button that opens a list of up to ten rows. A pick comes back as <c>ListReplied</c> with the row's id,
/// and restarts the window like any message.
/// </summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-list-messages">Meta, read November 2025.</see>
/// </remarks>
public sealed record ListMessage : InteractiveMessage
{
    /// <summary>Makes the message.</summary>
    /// <param name="body">The text: 1 to 4,096 characters.</param>
    /// <param name="button">The label of the button that opens the list: 1 to 20 characters.</param>
    /// <param name="sections">One to ten sections with at most ten rows in total.</param>
    /// <exception cref="ArgumentException"><paramref name="sections"/> is null or has a null in it.</exception>
    public ListMessage(string body, string button, params ListSection[] sections)
        : base(body)
    {
        Button = button;
        Sections = CopiedList.Of(sections);
    }

    /// <summary>A text above the body: 1 to 60 characters.</summary>
    /// <value>Null by default: no header.</value>
    public string? Header { get; init; }

    /// <summary>The label of the button that opens the list.</summary>
    public string Button { get; init; }

    /// <summary>The sections.</summary>
    public IReadOnlyList<ListSection> Sections { get; init => field = CopiedList.Checked(value); }

    /// <inheritdoc />
    public override string InteractiveKind => "list";

    private protected override int MaximumBodyLength => 4096;

    private protected override void Check(ref ViolationList violations)
    {
        base.Check(ref violations);
        violations.Optional("interactive.header.text", Header, MaximumHeaderLength);
        violations.Required("interactive.action.button", Button, 20);
        violations.Count("interactive.action.sections", Sections.Count, 1, 10, "sections");
        var rows = 0;
        for (var i = 0; i < Sections.Count; i++)
        {
            rows += Sections[i].Rows.Count;
        }

        if (rows > 10)
        {
            violations.Count("interactive.action.sections", rows, 1, 10, "rows in total");
        }

        var ids = default(DistinctTexts);
        for (var i = 0; i < Sections.Count; i++)
        {
            CheckSection(ref violations, ref ids, Sections[i], $"interactive.action.sections[{i}]");
        }
    }

    private void CheckSection(ref ViolationList violations, ref DistinctTexts ids, ListSection section, in FieldPath path)
    {
        if (Sections.Count > 1)
        {
            violations.Required(path + ".title", section.Title, 24);
        }
        else
        {
            violations.Optional(path + ".title", section.Title, 24);
        }

        if (section.Rows.Count == 0)
        {
            violations.Add(path + ".rows", "is empty; a section needs at least one row", limit: 1, actual: 0);
        }

        for (var i = 0; i < section.Rows.Count; i++)
        {
            var row = section.Rows[i];
            FieldPath rowPath = $"{path}.rows[{i}]";
            violations.Required(rowPath + ".id", row.Id, 200);
            violations.Unique(ref ids, rowPath + ".id", row.Id, "id");
            violations.Required(rowPath + ".title", row.Title, 24);
            violations.Optional(rowPath + ".description", row.Description, 72);
        }
    }
}
