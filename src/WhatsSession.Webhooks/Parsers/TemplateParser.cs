using System.Text.Json;
using NodaTime;
using WhatsSession.Shared;

namespace WhatsSession.Parsers;

/// <summary>Reads what Meta tells of templates. Each method reads the object that the reader stands on; null when it names no template.</summary>
internal static class TemplateParser
{
    public static TemplateStatusChanged? Status(ref Utf8JsonReader reader)
    {
        Span<char> room = stackalloc char[JsonText.LongestName];
        var update = new TemplateStatusChanged();
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "message_template_id":
                    update.TemplateId = JsonText.ReadId(ref reader) ?? "";
                    break;
                case "message_template_name":
                    update.TemplateName = JsonText.ReadId(ref reader) ?? "";
                    break;
                case "message_template_language":
                    update.Language = JsonText.ReadId(ref reader) ?? "";
                    break;
                case "event":
                    update.Status = new TemplateStatus(Utf8Interner.Read(ref reader) ?? "");
                    break;
                case "message_template_category":
                    update.Category = Utf8Interner.Read(ref reader) is { } category ? new TemplateCategory(category) : null;
                    break;
                case "reason":
                    update.Reason = JsonText.Read(ref reader);
                    break;
                case "disable_info":
                    update.DisabledAt = DisabledAt(ref reader) ?? update.DisabledAt;
                    break;
                case "other_info":
                    (update.NoteTitle, update.NoteText) = Pair(ref reader, "title", "description");
                    break;
                case "rejection_info":
                    (update.RejectionReason, update.Recommendation) = Pair(ref reader, "reason", "recommendation");
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return update.Status == default ? null : update;
    }

    public static TemplateQualityChanged? Quality(ref Utf8JsonReader reader)
    {
        Span<char> room = stackalloc char[JsonText.LongestName];
        var update = new TemplateQualityChanged();
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "message_template_id":
                    update.TemplateId = JsonText.ReadId(ref reader) ?? "";
                    break;
                case "message_template_name":
                    update.TemplateName = JsonText.ReadId(ref reader) ?? "";
                    break;
                case "message_template_language":
                    update.Language = JsonText.ReadId(ref reader) ?? "";
                    break;
                case "previous_quality_score":
                    update.Previous = new TemplateQuality(Utf8Interner.Read(ref reader) ?? "");
                    break;
                case "new_quality_score":
                    update.Current = new TemplateQuality(Utf8Interner.Read(ref reader) ?? "");
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return update.Current == default ? null : update;
    }

    public static TemplateComponentsChanged? Components(ref Utf8JsonReader reader)
    {
        Span<char> room = stackalloc char[JsonText.LongestName];
        var update = new TemplateComponentsChanged();
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "message_template_id":
                    update.TemplateId = JsonText.ReadId(ref reader) ?? "";
                    break;
                case "message_template_name":
                    update.TemplateName = JsonText.ReadId(ref reader) ?? "";
                    break;
                case "message_template_language":
                    update.Language = JsonText.ReadId(ref reader) ?? "";
                    break;
                case "message_template_title":
                    update.Header = JsonText.Read(ref reader);
                    break;
                case "message_template_element":
                    update.Body = JsonText.Read(ref reader);
                    break;
                case "message_template_footer":
                    update.Footer = JsonText.Read(ref reader);
                    break;
                case "message_template_buttons":
                    update.Buttons = JsonText.ReadList(ref reader, Button);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return update.TemplateId.Length == 0 && update.TemplateName.Length == 0 ? null : update;
    }

    public static TemplateCategoryChanged? Category(ref Utf8JsonReader reader)
    {
        Span<char> room = stackalloc char[JsonText.LongestName];
        var update = new TemplateCategoryChanged();
        string? before = null, named = null, correct = null;
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "message_template_id":
                    update.TemplateId = JsonText.ReadId(ref reader) ?? "";
                    break;
                case "message_template_name":
                    update.TemplateName = JsonText.ReadId(ref reader) ?? "";
                    break;
                case "message_template_language":
                    update.Language = JsonText.ReadId(ref reader) ?? "";
                    break;
                case "category_update_timestamp":
                    update.TakesEffectAt = Timestamps.ReadOptional(ref reader);
                    break;
                case "previous_category":
                    before = Utf8Interner.Read(ref reader);
                    break;
                case "new_category":
                    named = Utf8Interner.Read(ref reader);
                    break;
                case "correct_category":
                    correct = Utf8Interner.Read(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        // While the change is impending, what Meta calls the new category is still the present one.
        update.IsImpending = correct is not null;
        update.Previous = new TemplateCategory((correct is null ? before : named) ?? "");
        update.Current = new TemplateCategory(correct ?? named ?? "");
        return named is null && correct is null ? null : update;
    }

    private static TemplateButton Button(ref Utf8JsonReader reader)
    {
        Span<char> room = stackalloc char[JsonText.LongestName];
        var button = new TemplateButton();
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "message_template_button_type":
                    button.Kind = JsonText.ReadId(ref reader) ?? "";
                    break;
                case "message_template_button_text":
                    button.Text = JsonText.Read(ref reader) ?? "";
                    break;
                case "message_template_button_url":
                    button.Target = JsonText.Read(ref reader);
                    break;
                case "message_template_button_phone_number":
                    button.PhoneNumber = JsonText.Read(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return button;
    }

    private static Instant? DisabledAt(ref Utf8JsonReader reader)
    {
        Instant? at = null;
        if (JsonText.EntersObject(ref reader))
        {
            while (JsonText.NextProperty(ref reader, out var name))
            {
                if (name.SequenceEqual("disable_date"u8))
                {
                    at = Timestamps.ReadOptional(ref reader);
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        return at;
    }

    private static (string? First, string? Second) Pair(ref Utf8JsonReader reader, string first, string second)
    {
        if (!JsonText.EntersObject(ref reader))
        {
            return default;
        }

        Span<char> room = stackalloc char[JsonText.LongestName];
        (string? First, string? Second) pair = default;
        while (JsonText.NextName(ref reader, room, out var length))
        {
            if (room[..length].SequenceEqual(first))
            {
                pair.First = JsonText.Read(ref reader);
            }
            else if (room[..length].SequenceEqual(second))
            {
                pair.Second = JsonText.Read(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return pair;
    }
}
