using System.Globalization;
using NodaTime;
using WhatsSession.Templates;
using WhatsSession.Transport;

namespace WhatsSession;

/// <summary>Templates: <c>/{whatsapp-business-account-id}/message_templates</c> and <c>/{template-id}</c>.</summary>
/// <remarks>Thread safe. Each call brings its own token.</remarks>
public sealed class GraphTemplates
{
    private const string TemplateFields =
        "id,name,language,category,previous_category,sub_category,status,rejected_reason,quality_score,parameter_format,message_send_ttl_seconds,components";

    private static readonly int[] ComparedDays = [7, 30, 60, 90];

    private readonly GraphTransport _transport;

    internal GraphTemplates(GraphTransport transport) => _transport = transport;

    /// <summary>
    /// Creates a template and submits it for Meta's review. The draft is not checked. An account can create at most 100 templates in an hour.
    /// </summary>
    /// <param name="account">The WhatsApp Business Account.</param>
    /// <param name="template">The template.</param>
    /// <param name="accessToken">A token that may manage the account.</param>
    /// <param name="cancellationToken">Ends the wait. If the request was already written, Meta may have the template.</param>
    /// <exception cref="ArgumentException">A text of the template that must be JSON is not valid JSON.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<GraphResult<CreatedTemplate>> CreateAsync(
        BusinessAccountId account, TemplateDraft template, AccessToken accessToken, CancellationToken cancellationToken = default)
    {
        Ids.ThrowIfNone(account);
        ArgumentNullException.ThrowIfNull(template);
        ArgumentNullException.ThrowIfNull(accessToken);
        return _transport.AskAsync(
            HttpMethod.Post,
            PathOf(account),
            writer => TemplateRequestWriter.Write(writer, template),
            TemplateReader.ReadCreated,
            accessToken,
            cancellationToken);
    }

    /// <summary>
    /// Lists the templates of an account. Each page is requested when the enumeration reaches it. If Meta loses its position in the list (131059), the list
    /// starts again, but no template is returned twice.
    /// </summary>
    /// <param name="account">The WhatsApp Business Account.</param>
    /// <param name="query">Which templates.</param>
    /// <param name="accessToken">A token that may manage the account.</param>
    /// <param name="cancellationToken">Ends the list.</param>
    /// <exception cref="GraphErrorException">While reading: Meta refused a request, or could not be reached.</exception>
    /// <exception cref="OperationCanceledException">While reading: the token was cancelled.</exception>
    public IAsyncEnumerable<TemplateDefinition> ListAsync(
        BusinessAccountId account, TemplateQuery query, AccessToken accessToken, CancellationToken cancellationToken = default)
    {
        Ids.ThrowIfNone(account);
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(accessToken);
        return _transport.ListAsync(
            PathOf(account),
            [
                ("fields", TemplateFields),
                ("status", query.Status?.Name),
                ("category", query.Category?.Name),
                ("name", query.Name),
                ("language", query.Language),
                ("quality_score", query.Quality?.Name),
                ("content", query.Content),
                ("source", query.Source),
                ("limit", query.PageSize?.ToString(CultureInfo.InvariantCulture)),
            ],
            TemplateReader.ReadPage,
            template => template.Id.Length > 0 ? template.Id : $"{template.Name}/{template.Language}",
            accessToken,
            cancellationToken);
    }

    /// <summary>Reads one template.</summary>
    /// <param name="templateId">Meta's id of it.</param>
    /// <param name="accessToken">A token that may manage the account.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException"><paramref name="templateId"/> is not an id: 1 to 32 digits.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<GraphResult<TemplateDefinition>> GetAsync(string templateId, AccessToken accessToken, CancellationToken cancellationToken = default)
    {
        Ids.ThrowIfNoDigits(templateId);
        ArgumentNullException.ThrowIfNull(accessToken);
        var path = templateId + GraphTransport.Query(("fields", TemplateFields));
        return _transport.AskAsync(HttpMethod.Get, path, write: null, TemplateReader.ReadOne, accessToken, cancellationToken);
    }

    /// <summary>Changes a template. Meta then reviews it again. The change is not checked.</summary>
    /// <param name="templateId">Meta's id of it.</param>
    /// <param name="edit">What changes.</param>
    /// <param name="accessToken">A token that may manage the account.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="templateId"/> is not an id: 1 to 32 digits; or a text that must be JSON is not valid JSON.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<GraphResult> EditAsync(string templateId, TemplateEdit edit, AccessToken accessToken, CancellationToken cancellationToken = default)
    {
        Ids.ThrowIfNoDigits(templateId);
        ArgumentNullException.ThrowIfNull(edit);
        ArgumentNullException.ThrowIfNull(accessToken);
        return _transport.DoAsync(HttpMethod.Post, templateId, writer => TemplateRequestWriter.Write(writer, edit), accessToken, cancellationToken);
    }

    /// <summary>Deletes a template in all its languages. Its name cannot be used for 30 days.</summary>
    /// <param name="account">The WhatsApp Business Account.</param>
    /// <param name="name">The name of the template.</param>
    /// <param name="accessToken">A token that may manage the account.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<GraphResult> DeleteAsync(BusinessAccountId account, string name, AccessToken accessToken, CancellationToken cancellationToken = default)
    {
        Ids.ThrowIfNone(account);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(accessToken);
        return _transport.DoAsync(HttpMethod.Delete, PathOf(account) + GraphTransport.Query(("name", name)), write: null, accessToken, cancellationToken);
    }

    /// <summary>Deletes a template in one language.</summary>
    /// <param name="account">The WhatsApp Business Account.</param>
    /// <param name="name">The name of the template.</param>
    /// <param name="templateId">Meta's id of it in that language.</param>
    /// <param name="accessToken">A token that may manage the account.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException"><paramref name="templateId"/> is not an id: 1 to 32 digits.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<GraphResult> DeleteAsync(
        BusinessAccountId account, string name, string templateId, AccessToken accessToken, CancellationToken cancellationToken = default)
    {
        Ids.ThrowIfNone(account);
        ArgumentException.ThrowIfNullOrEmpty(name);
        Ids.ThrowIfNoDigits(templateId);
        ArgumentNullException.ThrowIfNull(accessToken);
        var path = PathOf(account) + GraphTransport.Query(("hsm_id", templateId), ("name", name));
        return _transport.DoAsync(HttpMethod.Delete, path, write: null, accessToken, cancellationToken);
    }

    /// <summary>Ends the pause of a template that Meta paused. If Meta refuses, the message of the error is Meta's reason.</summary>
    /// <param name="templateId">Meta's id of it.</param>
    /// <param name="accessToken">A token that may manage the account.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException"><paramref name="templateId"/> is not an id: 1 to 32 digits.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<GraphResult> UnpauseAsync(string templateId, AccessToken accessToken, CancellationToken cancellationToken = default)
    {
        Ids.ThrowIfNoDigits(templateId);
        ArgumentNullException.ThrowIfNull(accessToken);
        return _transport.DoAsync(HttpMethod.Post, templateId + "/unpause", write: null, accessToken, cancellationToken);
    }

    /// <summary>Compares two templates of an account over the same period.</summary>
    /// <param name="templateId">Meta's id of the first template.</param>
    /// <param name="otherTemplateId">Meta's id of the second template.</param>
    /// <param name="start">The start of the period, in whole seconds.</param>
    /// <param name="end">The end of the period: 7, 30, 60 or 90 days after the start.</param>
    /// <param name="accessToken">A token that may manage the account.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">
    /// An id is not valid, or <paramref name="end"/> is not 7, 30, 60 or 90 days after <paramref name="start"/>.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<GraphResult<TemplateComparison>> CompareAsync(
        string templateId, string otherTemplateId, Instant start, Instant end, AccessToken accessToken, CancellationToken cancellationToken = default)
    {
        Ids.ThrowIfNoDigits(templateId);
        Ids.ThrowIfNoDigits(otherTemplateId);
        ArgumentNullException.ThrowIfNull(accessToken);
        if (!ComparedDays.Any(days => end - start == Duration.FromDays(days)))
        {
            throw new ArgumentException("Meta compares 7, 30, 60 or 90 days.", nameof(end));
        }

        var query = GraphTransport.Query(
            ("template_ids", $"[{otherTemplateId}]"),
            ("start", start.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
            ("end", end.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));
        return _transport.AskAsync(HttpMethod.Get, $"{templateId}/compare{query}", write: null, TemplateComparisonReader.Read, accessToken, cancellationToken);
    }

    private static string PathOf(BusinessAccountId account) => account.Value + "/message_templates";
}
