using WhatsSession.Wire;

namespace WhatsSession.Events;

/// <summary>Reads what Meta tells of templates; null where an object has nothing of the notice.</summary>
internal static class TemplateParser
{
    public static TemplateStatusChanged? Status(in ObjectReader o)
    {
        if (o.Word("event"u8) is not { } status)
        {
            return null;
        }

        var note = o.Object("other_info"u8);
        var rejection = o.Object("rejection_info"u8);
        return new TemplateStatusChanged
        {
            TemplateId = Id(o),
            TemplateName = Name(o),
            Language = Language(o),
            Status = new TemplateStatus(status),
            Category = o.Word("message_template_category"u8) is { } category ? new TemplateCategory(category) : null,
            Reason = o.Text("reason"u8),
            DisabledAt = o.Object("disable_info"u8).Time("disable_date"u8),
            NoteTitle = note.Text("title"u8),
            NoteText = note.Text("description"u8),
            RejectionReason = rejection.Text("reason"u8),
            Recommendation = rejection.Text("recommendation"u8),
        };
    }

    public static TemplateQualityChanged? Quality(in ObjectReader o) => o.Word("new_quality_score"u8) is not { } current ? null : new TemplateQualityChanged
    {
        TemplateId = Id(o),
        TemplateName = Name(o),
        Language = Language(o),
        Previous = o.Word("previous_quality_score"u8, static name => new TemplateQuality(name)),
        Current = new TemplateQuality(current),
    };

    public static TemplateComponentsChanged? Components(in ObjectReader o)
    {
        var update = new TemplateComponentsChanged
        {
            TemplateId = Id(o),
            TemplateName = Name(o),
            Language = Language(o),
            Header = o.Text("message_template_title"u8),
            Body = o.Text("message_template_element"u8),
            Footer = o.Text("message_template_footer"u8),
            Buttons = o.List("message_template_buttons"u8, Button),
        };
        return update.TemplateId.Length == 0 && update.TemplateName.Length == 0 ? null : update;
    }

    public static TemplateCategoryChanged? Category(in ObjectReader o)
    {
        // While the change is impending, what Meta calls the new category is still the present one.
        var named = o.Word("new_category"u8);
        var correct = o.Word("correct_category"u8);
        return named is null && correct is null ? null : new TemplateCategoryChanged
        {
            TemplateId = Id(o),
            TemplateName = Name(o),
            Language = Language(o),
            IsImpending = correct is not null,
            Previous = new TemplateCategory((correct is null ? o.Word("previous_category"u8) : named) ?? ""),
            Current = new TemplateCategory(correct ?? named ?? ""),
            TakesEffectAt = o.Time("category_update_timestamp"u8),
        };
    }

    public static TemplateCategoryDetected? Detected(in ObjectReader o) =>
        o.Word("correct_category"u8) is not { } detected ? null : new TemplateCategoryDetected
        {
            TemplateId = Id(o),
            TemplateName = Name(o),
            Language = Language(o),
            Category = o.Word("category"u8, static name => new TemplateCategory(name)),
            Detected = new TemplateCategory(detected),
        };

    private static string Id(in ObjectReader o) => o.Id("message_template_id"u8) ?? "";

    private static string Name(in ObjectReader o) => o.Id("message_template_name"u8) ?? "";

    private static string Language(in ObjectReader o) => o.Id("message_template_language"u8) ?? "";

    private static TemplateComponentButton Button(in ObjectReader o) => new()
    {
        Kind = o.Id("message_template_button_type"u8) ?? "",
        Text = o.Text("message_template_button_text"u8) ?? "",
        Target = o.Text("message_template_button_url"u8),
        PhoneNumber = o.Text("message_template_button_phone_number"u8),
    };
}
