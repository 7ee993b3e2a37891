namespace WhatsSession;

public static partial class GraphErrorCodes
{
    /// <summary>The number of parameters is not that of the template.</summary>
    public const int TemplateParameterCount = 132000;

    /// <summary>The template does not exist in this language or is not approved.</summary>
    public const int TemplateMissing = 132001;

    /// <summary>The text is too long with its values filled in.</summary>
    public const int TemplateTextTooLong = 132005;

    /// <summary>The content of the template breaks a policy.</summary>
    public const int TemplateContentViolation = 132007;

    /// <summary>The value of a parameter of the template is invalid.</summary>
    public const int TemplateValueInvalid = 132008;

    /// <summary>A parameter is not of the kind that the template asks for.</summary>
    public const int TemplateParameterMismatch = 132012;

    /// <summary>The template is paused for its quality: three hours the first time, six the second.</summary>
    public const int TemplatePaused = 132015;

    /// <summary>The template was paused too often and is disabled permanently.</summary>
    public const int TemplateDisabled = 132016;

    /// <summary>The parameters of the template are invalid.</summary>
    public const int TemplateParametersInvalid = 132018;

    /// <summary>The flow is blocked.</summary>
    public const int FlowBlocked = 132068;

    /// <summary>The flow is throttled to ten messages an hour.</summary>
    public const int FlowThrottled = 132069;

    /// <summary>The flow is blocked or fails Meta's checks.</summary>
    public const int FlowIntegrity = 139000;

    /// <summary>The flow could not be updated.</summary>
    public const int FlowNotUpdated = 139001;

    /// <summary>The flow could not be published.</summary>
    public const int FlowNotPublished = 139002;

    /// <summary>The flow could not be deprecated.</summary>
    public const int FlowNotDeprecated = 139003;

    /// <summary>The flow could not be deleted.</summary>
    public const int FlowNotDeleted = 139004;

    /// <summary>There are no insights into templates for this account.</summary>
    public const int TemplateInsightsUnavailable = 200005;

    /// <summary>Insights into templates cannot be disabled.</summary>
    public const int TemplateInsightsFixed = 200006;

    /// <summary>Insights into templates are not enabled.</summary>
    public const int TemplateInsightsDisabled = 200007;

    /// <summary>The account has as many templates as it may have.</summary>
    public const int TemplateLimit = 2388019;

    /// <summary>A field of the template has too many characters.</summary>
    public const int TemplateFieldTooLong = 2388040;

    /// <summary>The header of the template has a wrong form.</summary>
    public const int TemplateHeaderInvalid = 2388047;

    /// <summary>The body of the template has a wrong form.</summary>
    public const int TemplateBodyInvalid = 2388072;

    /// <summary>The footer of the template has a wrong form.</summary>
    public const int TemplateFooterInvalid = 2388073;

    /// <summary>The body of the template has too many placeholders for its length.</summary>
    public const int TemplateWordRatio = 2388293;

    /// <summary>The body of the template starts or ends with a placeholder.</summary>
    public const int TemplateEdgeParameters = 2388299;

    /// <summary>A template that Direct Send made cannot be changed.</summary>
    public const int GeneratedTemplateNotEditable = 2388318;

    /// <summary>A template that Direct Send made cannot be deleted.</summary>
    public const int GeneratedTemplateNotDeletable = 2388330;
}
